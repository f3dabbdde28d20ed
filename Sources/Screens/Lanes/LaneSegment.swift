import Traffic

/// A segment by its place in the stream.
struct LaneSegment {
  var item: Item.ID
  var bytes: Range<Int64>
  /// It was on the wire more than once.
  var isAgain: Bool
}
