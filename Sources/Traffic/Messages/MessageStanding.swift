/// What a socket's records come to, cut into messages, as far as they were taken.
public struct MessageStanding: Sendable {
  public let follower: MessageFollower
  /// Records that were taken, of so many.
  public let taken: Int
  public let records: Int

  /// True if all were taken.
  public var isComplete: Bool { taken >= records }

  /// Messages of a way, the one that is not complete included; nil where nothing is cut.
  public func count(_ way: Direction) -> Int? {
    follower.count(way).map { $0 + (follower.unfinished(way) == nil ? 0 : 1) }
  }

  public var naive: NaiveReader { follower.naive }
}
