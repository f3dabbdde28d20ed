/// How much of what was sent on a connection the program at the other end is known to have received.
public enum DeliveryState: Sendable, Equatable {
  /// Its recv calls have returned all of it.
  case whole
  /// They have returned so many bytes of it.
  case partial(Int)
  /// They have returned so many bytes of it, and no more will follow: the program has closed the connection, or ended.
  case over(Int)
  /// No program that is watched was seen to have the connection, as yet.
  case unseen
  /// No program is watched at all.
  case unwatched
}
