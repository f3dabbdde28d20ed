/// What can be said to a burst that is being played.
public enum BurstOrder: String, CaseIterable, Sendable {
  /// It ends where it is, and those that wait behind it are not played.
  case stop
  /// Its schedule stands still.
  case pause
  /// Its schedule goes on, all that is left later by the length of the pause.
  case resume
}
