/// What the time column counts from.
public enum TimeMode: CaseIterable, Sendable {
  case start, wall, previous, mark
}
