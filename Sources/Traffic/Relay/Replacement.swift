/// One send that goes out in the place of what is held.
public struct Replacement: Sendable, Equatable {
  public var bytes: [UInt8]
  public var isUrgent: Bool
  /// The pause before it.
  public var gap: Nanoseconds

  public init(_ bytes: [UInt8], isUrgent: Bool = false, gap: Nanoseconds = 0) {
    self.bytes = bytes
    self.isUrgent = isUrgent
    self.gap = gap
  }
}
