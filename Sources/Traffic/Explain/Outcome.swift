import SystemPackage

extension Record {
  /// How the call or event came out, in a few words: `took all there was`, `buffer full, 40 left`.
  ///
  /// Events whose words are in their payload or in the table of sockets (listen, accept, option, mark, expect, burst) have none.
  public var outcome: String? {
    if let reason = Reason(self) { return outcome(of: reason) }
    if let errno {
      return kind == .send && errno.isPassing && errno != .interrupted ? "send buffer full" : errno.phrase
    }
    switch kind {
    case .send: return sendOutcome
    case .shutdown: return how.map { "\($0.word) side shut down" }
    case .close: return how == .reset ? "closed with a reset" : "closed"
    case .wait: return result == 0 ? "nothing became ready" : "\(result) ready"
    case .connect: return "connected"
    case .start, .listen, .accept, .recv, .option, .mark, .expect, .burst: return nil
    }
  }

  private func outcome(of reason: Reason) -> String {
    if flags.contains(.outOfBand), result > 0 { return "urgent byte" }
    let left = queued.map { ", \($0) left" } ?? ""
    switch reason {
    case .filled: return "buffer full\(left)"
    case .exact: return "buffer full, 0 left"
    case .drained: return "took all there was"
    case .endOfStream: return "end of stream"
    case .wouldBlock: return "nothing there"
    case .timedOut: return "timed out, nothing came"
    case .interrupted:
      return Interruption(conditions).map { "stopped, to \($0.word)" } ?? "interrupted by a signal"
    case .reset: return "reset by peer"
    case .error: return errno.map(\.phrase) ?? "failed"
    case .datagram: return "one datagram"
    case .datagramTruncated: return lost.map { "datagram cut, \($0) lost" } ?? "datagram cut"
    case .datagramEmpty: return "empty datagram, no end"
    case .datagramsJoined: return "\(segments ?? 0) datagrams, joined"
    case .waitAll: return "waited for all of it"
    case .waitAllCut: return "WAITALL was cut short"
    case .urgentMark: return "stopped at the urgent mark"
    case .peeked: return "peeked, still queued"
    }
  }

  private var sendOutcome: String {
    let accepted = Int(result) == Int(asked) ? "accepted" : "short: \(result) of \(asked)"
    guard let planned else { return accepted }
    return "\(accepted), \(Units.duration(max(0, start - planned))) late"
  }
}

extension Errno {
  /// The name with what it means in a few words: `ECONNRESET, reset by peer`.
  public var phrase: String { Self.meanings[rawValue].map { "\(name), \($0)" } ?? name }

  private static let meanings: [CInt: String] = [
    2: "no such name", 4: "interrupted by a signal", 11: "nothing there", 13: "no permission",
    23: "no descriptors left in the system", 24: "no descriptors left", 32: "the peer reads no more",
    90: "too long for one datagram", 91: "a socket of another kind", 92: "unknown to this kernel",
    95: "not supported by this kind of socket", 97: "address family not supported",
    98: "address in use", 99: "address not on this machine", 101: "network unreachable",
    103: "aborted before it was accepted", 104: "reset by peer", 105: "no room in the queue",
    107: "not connected", 110: "timed out",
    111: "refused: nobody listens there", 113: "host unreachable",
  ]
}
