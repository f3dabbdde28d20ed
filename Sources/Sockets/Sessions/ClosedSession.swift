import Traffic

/// What is left of a session that was closed.
public struct ClosedSession: Sendable {
  /// Nil if its last record is gone, and the journal has forgotten it.
  public internal(set) var id: SocketID?
  /// Of a listener: where it listened.
  let address: SocketAddress?

  public var isListener: Bool { address != nil }
}
