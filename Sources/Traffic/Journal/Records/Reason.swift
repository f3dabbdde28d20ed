import SystemPackage

/// Why a recv() call ended where it did: the JSON's `why`.
public enum Reason: String, CaseIterable, Sendable {
  /// It got all it asked for, and more waits or it is unknown.
  case filled
  /// It got all it asked for, and that was all there was.
  case exact
  /// It got all that was queued, which was less than it asked for.
  case drained
  /// The peer ended its sending side and everything was read.
  case endOfStream = "eof"
  case wouldBlock = "would-block"
  case timedOut = "timed-out"
  case interrupted
  case reset
  case error
  case datagram
  case datagramTruncated = "datagram-truncated"
  case datagramEmpty = "datagram-empty"
  /// UDP_GRO joined several datagrams of one sender, and the call returned them as one. See udp(7).
  case datagramsJoined = "datagrams-joined"
  /// MSG_WAITALL waited until everything asked for was there.
  case waitAll = "wait-all"
  /// MSG_WAITALL returned less: a signal, an error, an end, an urgent mark. See recv(2).
  case waitAllCut = "wait-all-cut"
  case urgentMark = "urgent-mark"
  case peeked

  /// The reason of a recv record, decided from nothing but what it holds; nil for other kinds.
  public init?(_ record: Record) {
    guard record.kind == .recv else { return nil }
    if let errno = record.errno {
      self = Self.failure(errno, record)
    } else if record.conditions.contains(.datagram) {
      self = Self.datagram(record)
    } else if record.flags.contains(.peek) {
      self = .peeked
    } else if record.result == 0, record.asked > 0 {
      self = .endOfStream
    } else if record.flags.contains(.waitAll), !record.isUrgent {
      self = record.result == record.asked ? .waitAll : .waitAllCut
    } else if record.conditions.contains(.atMark), record.queued != 0 {
      self = .urgentMark
    } else if record.result < record.asked {
      self = .drained
    } else {
      self = record.queued == 0 ? .exact : .filled
    }
  }

  private static func failure(_ errno: Errno, _ record: Record) -> Reason {
    switch errno {
    case .resourceTemporarilyUnavailable, .wouldBlock:
      record.conditions.contains(.timed) && !record.flags.contains(.dontWait) ? .timedOut : .wouldBlock
    case .interrupted: .interrupted
    case .connectionReset: .reset
    default: .error
    }
  }

  private static func datagram(_ record: Record) -> Reason {
    if record.flags.contains(.peek) { return .peeked }
    if record.conditions.contains(.truncated) { return .datagramTruncated }
    if record.segmentSize != nil { return .datagramsJoined }
    return record.result == 0 ? .datagramEmpty : .datagram
  }
}
