/// How a session receives: the arguments and the way of its recv(2) calls.
public struct ReceivePolicy: Sendable, Equatable {
  /// Which calls stand before recv(2), by the names of the command line.
  public enum Mode: String, CaseIterable, Sendable {
    case blocking, select, poll, epoll, nonblocking, manual
  }

  /// Bytes asked for in each call, 1 or more.
  public var size = 4096
  public var mode = Mode.blocking
  /// EPOLLET: `epoll` tells of a connection only when something new has come, and recv(2) is still called once. No
  /// other mode knows edges. See epoll(7), Level-triggered and edge-triggered.
  public var isEdge = false
  /// Flags of each call, besides those the mode adds itself.
  public var flags: MessageFlags = []
  /// SO_RCVTIMEO; nil waits for ever. In the modes that wait, the timeout of the wait. See socket(7).
  public var timeout: Nanoseconds?
  /// SO_RCVLOWAT; nil leaves the kernel's 1.
  public var lowWater: Int?
  /// Pause between two calls; in `nonblocking` the interval of asking.
  public var pace: Nanoseconds?
  /// True while the session makes no calls.
  public var isPaused = false

  public init() {}
}
