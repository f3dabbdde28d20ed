/// A recv(2) or send(2) that was entered and has not returned, seen at one moment. No part of the journal: its record is
/// written when it returns.
public struct WaitingCall: Sendable, Equatable {
  /// What a send(2) waits for.
  public enum Obstacle: Sendable, Equatable {
    /// The peer's receive window has no room for what was not sent yet.
    case window
    /// As much is in flight as the network is trusted with.
    case congestion
    /// All was sent, and the send buffer is full of what is not acknowledged.
    case acknowledgement
    /// The buffer is full; more is not known of sockets that are no TCP.
    case buffer
  }

  public var socket: SocketID
  public var kind: Record.Kind
  /// That its record will have.
  public var number: Int
  /// When it was entered.
  public var start: Nanoseconds
  public var asked: Int
  /// Of a send: how long it has been waiting. A recv waits alike at all times, so that nothing has to be drawn anew.
  public var waited: Nanoseconds?
  /// Of a send: bytes that the kernel has taken; nil unknown.
  public var taken: Int?
  /// Of a send.
  public var obstacle: Obstacle?

  public init(
    _ kind: Record.Kind, _ number: Int, on socket: SocketID, since start: Nanoseconds, asked: Int,
    waited: Nanoseconds? = nil,
    taken: Int? = nil, obstacle: Obstacle? = nil
  ) {
    self.kind = kind
    self.number = number
    self.socket = socket
    self.start = start
    self.asked = asked
    self.waited = waited
    self.taken = taken
    self.obstacle = obstacle
  }
}
