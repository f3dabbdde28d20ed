import SystemPackage
import Traffic

/// A system call that failed.
public struct FailedCall: Error, Sendable, Equatable {
  public var call: String
  public var errno: Errno

  /// `epoll_create1: EMFILE`
  public var message: String { "\(call): \(errno.name)" }
}
