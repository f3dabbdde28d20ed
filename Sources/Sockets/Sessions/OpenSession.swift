import Traffic

/// What stands behind a name while it is open. Commands that make sense for all of them need not know which it is.
public protocol OpenSession: Sendable {
  /// The socket that its name means.
  var id: SocketID { get }
  var name: String { get }
  /// True once close(2) was called.
  var isClosed: Bool { get }
  /// True if connections may come of it, whose names begin with its own.
  var accepts: Bool { get }
  /// Where it can be connected to, or sent to; nil if that is nowhere.
  var ownAddress: SocketAddress? { get }
  /// What the kernel says of it now; nil if it is closed.
  var kernelState: KernelState? { get }

  /// Changes how it receives, or socket options.
  func set(_ settings: [Setting]) -> Result<Void, RefusedOption>
  /// Stops receiving, or accepting.
  func pause()
  func resume() -> Result<Void, RefusedOption>
  /// One select(2), poll(2) or epoll_wait(2) now, for all three conditions. Nil if it is closed.
  func ask(_ call: WaitCallName, timeout: Nanoseconds) -> Result<Void, FailedCall>?
  /// Closes it when all is done that was said before.
  func close(isReset: Bool)
  /// Closes it at once; returns when that is done.
  func end()
  /// Removes the file of a Unix socket; the process is about to end.
  func removeFile()
}
