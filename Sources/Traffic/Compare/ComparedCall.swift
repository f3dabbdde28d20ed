import SystemPackage

/// A call that took bytes, or told that no more come.
public struct ComparedCall: Sendable, Equatable {
  public let sequence: Int
  public let record: Record

  /// Its bytes in the stream.
  public var range: Range<Int64> { record.offset..<record.offset + Int64(max(0, record.result)) }
}

extension Record {
  /// True if a call moved its stream on or ended it: what can be laid beside a call of another run. One that only waited,
  /// looked, or was interrupted cannot.
  func counts(in direction: Direction) -> Bool {
    guard Direction(kind) == direction else { return false }
    if let errno { return !errno.isPassing }
    return direction == .sent || takes && (result > 0 || asked > 0 || conditions.contains(.datagram))
  }
}
