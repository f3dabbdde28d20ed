import Traffic

/// What a row says that is told in words and not in numbers.
struct RowSentence {
  let record: Record
  let sockets: SocketTable

  /// - Parameter payload: the record's; it tells what the record does not.
  func text(_ payload: [UInt8]?) -> String {
    let payload = payload ?? []
    switch record.kind {
    case .start: return "start of the run"
    case .listen: return record.errno.map(\.phrase) ?? "on \(Self.text(payload)), backlog \(record.asked)"
    case .accept: return accepted
    case .connect:
      let peer = ConnectedEnds(payload: payload)?.peer
      let target = peer.map(SafeText.string) ?? sockets.info(record.socket)?.peer ?? "its peer"
      return record.errno.map { "to \(target): \($0.phrase)" } ?? "to \(target)"
    case .wait: return waited(WaitSets(payload: payload) ?? WaitSets())
    case .expect:
      let verdict = Verdict(payload: payload)
      let (wanted, got) = (SafeText.string(verdict?.wanted ?? ""), SafeText.string(verdict?.got ?? ""))
      let place = "line \(record.line ?? 0)"
      return record.result == 1 ? "\(place) holds: \(got)" : "\(place) FAILED: wanted \(wanted), got \(got)"
    case .burst: return record.burstLine(payload)
    case .option:
      guard let change = OptionChange(payload: payload) else { return record.errno?.phrase ?? "" }
      let isGranted = change.granted == change.asked
      let value = "\(change.name)=\(change.granted)" + (isGranted ? "" : " (asked \(change.asked))")
      return SafeText.string(value) + (record.errno.map { ": \($0.phrase)" } ?? "")
    case .mark: return Self.text(payload) + (record.errno.map { ": \($0.phrase)" } ?? "")
    case .shutdown, .close, .recv, .send: return record.outcome ?? ""
    }
  }

  private var accepted: String {
    if let errno = record.errno { return errno.phrase }
    let connection = record.connection.flatMap { sockets.info($0) }
    return "\(connection?.name ?? "a connection") from \(connection?.peer ?? "an unnamed peer")"
  }

  private func waited(_ sets: WaitSets) -> String {
    let parts = [("readable", sets.readable), ("writable", sets.writable), ("exceptional", sets.exceptional)]
      .filter { !$0.1.isEmpty }.map { "\($0.0) \($0.1.map(sockets.name).joined(separator: " "))" }
    // What was ready is none of the sockets: the eventfd by which recvscope wakes its own loop.
    let none = record.result > 0 ? "\(record.result) ready, recvscope's own" : record.outcome ?? ""
    return "\(record.waitCall?.name ?? ""): \(parts.isEmpty ? none : parts.joined(separator: ", "))"
  }

  private static func text(_ payload: [UInt8]) -> String { SafeText.string(utf8: payload) }
}
