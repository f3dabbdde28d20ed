import Traffic

/// One call that a thread of a watched program made, when it has returned. A call that a signal interrupted and that the
/// kernel entered again is one, from its first entry on.
public struct SeenCall {
  /// What only some calls have.
  public enum Detail {
    case none
    /// accept: the new socket.
    case accepted(SeenSocket)
    /// listen
    case backlog(Int)
    case shutdown(Ending)
    /// `unread` bytes were queued before it. It is not the `last` one while another descriptor is the same socket.
    case close(Ending, unread: Int?, isLast: Bool)
    /// setsockopt; both as the man pages name them.
    case option(name: String, value: String)
    case wait(SeenWait)
    /// dup and friends: the new descriptor; socket: itself.
    case descriptor(Int32)
    /// sendfile, splice: the bytes were read from the file afterwards, or are unknown.
    case fromFile(isSend: Bool)
  }

  public let call: CallName
  public let process: Int32
  public let thread: Int32
  public let descriptor: Int32
  /// Nil where the descriptor is none of a socket, and of a wait.
  public let socket: SeenSocket?
  /// CLOCK_MONOTONIC.
  public let entered: Nanoseconds
  public let left: Nanoseconds
  /// Bytes asked for.
  public var asked = 0
  public var flags: MessageFlags = []
  /// What the call returned, or a negated errno.
  public var result: Int64
  /// Bytes left in the receive queue afterwards; nil unknown.
  public var queued: Int?
  /// TCP: segments that arrived since the previous recv returned; nil unknown.
  public var segments: Int?
  /// Bytes cut off a datagram; nil unknown.
  public var lost: Int?
  public var conditions: Conditions = []
  /// Of a datagram, or what bind and connect were given.
  public var address: String?
  public var detail = Detail.none

  init(
    _ call: CallName, process: Int32, thread: Int32, descriptor: Int32, socket: SeenSocket?,
    entered: Nanoseconds, left: Nanoseconds, result: Int64
  ) {
    self.call = call
    self.process = process
    self.thread = thread
    self.descriptor = descriptor
    self.socket = socket
    self.entered = entered
    self.left = left
    self.result = result
  }

  /// A close(2) that no thread called.
  init(_ name: CallName, of socket: SeenSocket, descriptor: Int32, process: Int32, at time: Nanoseconds) {
    self.init(
      name, process: process, thread: process, descriptor: descriptor, socket: socket, entered: time,
      left: time, result: 0)
  }
}
