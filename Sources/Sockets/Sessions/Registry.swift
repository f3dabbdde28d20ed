/// Whom a socket tells that it can be spoken to, and that it was closed.
struct Registry: Sendable {
  /// Commands find the session from now on.
  let adopt: @Sendable (any OpenSession) -> Void
  /// It is about to be known: what is sent by itself is queued, and waits until its first record is written.
  let begin: @Sendable (Connection, _ begun: Latch) -> Void
  /// The socket with this name was closed, and its records are written.
  let forget: @Sendable (_ name: String) -> Void
}
