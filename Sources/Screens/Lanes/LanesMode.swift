/// What the axis of the lanes is.
public enum LanesMode: CaseIterable, Sendable {
  /// Time, event after event; long gaps are cut short and told.
  case time
  /// Time to scale.
  case scale
  /// Place in the stream: the same bytes stand under each other.
  case offset

  /// What the picture is told to be.
  var title: String {
    switch self {
    case .time: "by time, pauses cut short"
    case .scale: "by time, to scale"
    case .offset: "by offset   │ edge kept  ╵ vanished  ╷ appeared"
    }
  }
}
