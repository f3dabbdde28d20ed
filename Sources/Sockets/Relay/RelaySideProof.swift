import Traffic

/// Whether what was sent here was received by the program at the other end, as far as that is watched.
extension RelaySide {
  /// From now on what it receives is counted.
  /// - Parameter address: by which the program knows the connection. A Unix socket may have none.
  func expectDelivery(_ address: SocketAddress?, _ bell: Bell) {
    guard !kind.keepsBoundaries, let address, !address.isUnnamed else { return }
    delivered = address.text
    sight.expect(address.text, bell)
  }

  /// Whether the next send can go out, and what is known then.
  /// - Parameters:
  ///   - bytes: that were sent.
  ///   - limit: when it is no longer waited for.
  /// - Returns: nil while it is waited for.
  func isProven(_ bytes: Int64, at now: Nanoseconds, until limit: Nanoseconds) -> Bool? {
    switch delivered.map({ sight.delivery($0, of: Int(bytes)) }) ?? .unwatched {
    case .whole: return true
    case .partial(let received):
      if now < limit { return nil }
      let limit = Passage.proofLimit / 1_000_000
      doubt("its recv calls had returned \(received) of the first \(bytes) bytes after \(limit) ms")
    case .over(let received):
      doubt("it closed when its recv calls had returned \(received) of the first \(bytes) bytes")
    case .unseen:
      // A watched program may be about to accept it. Once that was waited for in vain, nothing is until it is seen.
      if now < limit, !isUnwatchedTold { return nil }
      tellUnwatched()
    case .unwatched: tellUnwatched()
    }
    return false
  }

  private func doubt(_ what: String) {
    if isDoubtTold { return }
    isDoubtTold = true
    run.mark(id, "not proven: \(what)")
  }

  private func tellUnwatched() {
    if isUnwatchedTold { return }
    isUnwatchedTold = true
    run.mark(id, "--proof: nobody watches the other end of \(name), and nothing is waited for")
  }
}
