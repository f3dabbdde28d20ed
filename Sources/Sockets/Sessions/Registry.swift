/// Whom a socket tells that it can be spoken to, and that it was closed.
struct Registry: Sendable {
  /// Commands find the connection from now on.
  let adopt: @Sendable (Connection) -> Void
  /// The socket with this name was closed, and its records are written.
  let forget: @Sendable (_ name: String) -> Void
}
