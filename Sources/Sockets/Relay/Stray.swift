import Traffic

/// A datagram that came in at a socket of another flow.
struct Stray {
  var sender: SocketAddress
  var bytes: [UInt8]
  /// Of its recv record.
  var sequence: Int
  /// When that returned.
  var time: Nanoseconds
}
