/// What of a chunk waits in a way that is held.
public struct HeldPiece: Sendable, Equatable {
  /// Sequence numbers of the first and the last recv record that it came in.
  public var from: ClosedRange<Int>
  public var bytes: ArraySlice<UInt8>

  public init(from: ClosedRange<Int>, bytes: ArraySlice<UInt8>) {
    (self.from, self.bytes) = (from, bytes)
  }
}
