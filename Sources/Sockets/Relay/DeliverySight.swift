/// Sees what the programs that are watched receive. Whoever watches them is asked by it what of a connection was delivered: no
/// call on our own socket tells that, as an acknowledgement is the kernel's.
public protocol DeliverySight: Sendable {
  /// From now on the bytes that recv calls return on a connection are counted.
  /// - Parameters:
  ///   - address: of our end, as the program knows it, or of its own end.
  ///   - bell: rings when something comes that `delivery` waits for.
  func expect(_ address: String, _ bell: Bell)

  /// How much of what was sent on a connection is known to have been received. Unless that is all, the bell rings when it is,
  /// or can no longer be.
  /// - Parameter bytes: all that were sent on it.
  func delivery(_ address: String, of bytes: Int) -> DeliveryState

  /// Nobody waits for this connection any more.
  func disregard(_ address: String)
}
