/// What is let go of a way that is held.
public struct Release: Sendable, Equatable {
  /// Places of the pieces among those that wait, from 1, in the order in which they go. Empty is all of them, and the end of
  /// the hold.
  public var pieces: [Int] = []
  /// They are cut into sends of so many bytes; nil leaves each as it is.
  public var size: Int?
  /// The pause between these sends.
  public var gap: Nanoseconds = 0

  /// What goes out in the place of a message goes as it is, whatever its length says.
  public var isRaw = false

  public init(_ pieces: [Int] = [], size: Int? = nil, gap: Nanoseconds = 0, isRaw: Bool = false) {
    (self.pieces, self.size, self.gap, self.isRaw) = (pieces, size, gap, isRaw)
  }
}
