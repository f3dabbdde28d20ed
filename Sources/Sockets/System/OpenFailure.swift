import SystemPackage
import Traffic

/// A socket that could not be opened: the call, what it was called for, and why it failed.
public struct OpenFailure: Error, Sendable, Equatable {
  /// The name of the system call or C function.
  public var call: String
  /// The address.
  public var object: String
  public var reason: String
  public var errno: Errno?

  public init(call: String, object: String, reason: String) {
    self.call = call
    self.object = object
    self.reason = reason
  }

  init(call: String, object: String, errno: Errno) {
    self.init(call: call, object: object, reason: errno.description)
    self.errno = errno
  }

  /// `bind 127.0.0.1:80: EACCES (Permission denied)`
  public var message: String {
    errno.map { "\(call) \(object): \($0.name) (\(reason))" } ?? "\(call) \(object): \(reason)"
  }
}
