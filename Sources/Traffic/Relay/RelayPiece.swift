/// Bytes inside a relay, and what is known of where they came from.
struct RelayPiece: Equatable {
  var bytes: ArraySlice<UInt8>
  /// Sequence numbers of the first and the last recv record that they came in.
  var from: ClosedRange<Int>
  /// When the first of these recv calls returned.
  var arrived: Nanoseconds
  var isUrgent = false
  /// True if they are not what was received, but what somebody has put in its place.
  var isChanged = false
  /// Goes out in one send, neither cut nor joined: a datagram, or what was released with a size of its own.
  var isWhole = false
  /// Of its first byte in what was received; nil where it is not part of that: an urgent byte, or what was
  /// put in its place.
  var offset: Int64?
  /// More of its message may come.
  var isOpen = false
  /// It is a message from its first byte to its last.
  var isMessage = false
  /// The pause before it, where it has one of its own.
  var gap: Nanoseconds?

  /// True where bytes of the two can go out in one send.
  func joins(_ other: RelayPiece) -> Bool {
    !isUrgent && !other.isUrgent && !isWhole && !other.isWhole && isChanged == other.isChanged
      && other.gap == nil
  }
}
