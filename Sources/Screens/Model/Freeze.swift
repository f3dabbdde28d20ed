import Traffic

/// A view that is held while recording goes on.
struct Freeze: Sendable {
  /// Records from this sequence number on are not shown.
  let sequence: Int
  /// The row that was the newest, if it was followed: if it is under the cursor still, the newest is followed again.
  let followed: Item.ID?
}
