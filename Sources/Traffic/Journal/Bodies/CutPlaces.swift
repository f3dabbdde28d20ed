/// Where one message is cut that is sent in several parts.
public struct CutPlaces: Sendable, Hashable, Comparable {
  /// Which of the messages of a dialogue, from 0.
  public var message: Int
  /// Ascending; a part ends before each of these bytes of the message. None: it is sent whole.
  public var offsets: [Int]

  public init(message: Int, offsets: [Int]) { (self.message, self.offsets) = (message, offsets) }

  /// Fewer cuts first, then the earlier ones.
  public static func < (one: CutPlaces, other: CutPlaces) -> Bool {
    if one.offsets.count != other.offsets.count { return one.offsets.count < other.offsets.count }
    if one.message != other.message { return one.message < other.message }
    return one.offsets.lexicographicallyPrecedes(other.offsets)
  }
}
