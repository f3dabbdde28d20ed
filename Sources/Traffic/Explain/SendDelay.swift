/// A send() whose bytes left long after it was called: the sender's kernel held them back.
public struct SendDelay: Sendable, Equatable {
  /// What may have held them.
  public enum Cause: Sendable, Equatable {
    /// Nagle's algorithm waits for an acknowledgement, and the receiver delays that. See tcp(7), TCP_NODELAY.
    case nagle
    /// TCP_CORK or MSG_MORE waits for more, at most 200 ms.
    case cork
  }

  /// On one machine a segment that is sent at once arrives in far less.
  private static let least: Nanoseconds = 10_000_000

  /// Number of the send().
  public var send: Int
  /// From the call of send() to the arrival.
  public var time: Nanoseconds
  public var cause: Cause
  /// When the ACK came that Nagle's algorithm waited for, where the wire shows that; nil where it is only likely.
  public var awaited: Nanoseconds?

  public init(send: Int, time: Nanoseconds, cause: Cause) {
    self.send = send
    self.time = time
    self.cause = cause
  }

  /// Nil if the chunk's newest bytes were not held back, or nothing known could have done it.
  init?(of chunk: Record, in journal: Journal) {
    guard let arrived = chunk.arrived, let peer = journal.peer(of: chunk.socket),
      journal.socket(peer)?.info.kind == .tcp,
      let send = Pairing(journal, peer: peer)?.newestSend(in: chunk), arrived - send.end >= Self.least
    else { return nil }
    let options = SocketHistory(of: send, in: journal).options
    if options[.cork] == "on" || send.flags.contains(.more) {
      self.init(send: Int(send.number), time: arrived - send.start, cause: .cork)
    } else if options[.nodelay] != "on", send.number > 1 {
      self.init(send: Int(send.number), time: arrived - send.start, cause: .nagle)
      awaited = SegmentsOfCall(send, in: journal)?.awaited?.start
    } else {
      return nil
    }
  }
}
