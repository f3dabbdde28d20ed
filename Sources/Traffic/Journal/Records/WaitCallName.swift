/// The call of a `wait` record.
public enum WaitCallName: UInt32, CaseIterable, Sendable {
  case select
  case poll
  case epollWait

  /// The name of the C function.
  public var name: String {
    switch self {
    case .select: "select"
    case .poll: "poll"
    case .epollWait: "epoll_wait"
    }
  }
}
