/// One send(2) that a relay is to make.
public struct Outgoing: Sendable, Equatable {
  public var bytes: ArraySlice<UInt8>
  /// Sequence numbers of the first and the last recv record that the bytes came in.
  public var from: ClosedRange<Int>
  /// MSG_OOB
  public var isUrgent: Bool
  /// True if they are not what was received.
  public var isChanged: Bool
  /// What was sent before is known to have been received; nil where nobody asked for that.
  public var isProven: Bool?
}
