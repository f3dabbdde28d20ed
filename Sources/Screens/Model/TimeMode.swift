/// What the time column counts from.
public enum TimeMode: CaseIterable, Sendable {
  case start, wall, mark

  var next: TimeMode {
    switch self {
    case .start: .wall
    case .wall: .mark
    case .mark: .start
    }
  }
}
