import Traffic

/// A column of the table of records.
public enum Column: String, CaseIterable, Sendable {
  case call, socket, time, delta, waited, asked, got, left
  case segments = "segs"
  case dwell, offset, flags
  case why
  case data

  /// What is shown where nobody chose.
  static let standard: [Column] = [
    .call, .socket, .time, .delta, .waited, .asked, .got, .left, .segments, .why, .data,
  ]

  /// What stands above it.
  func title(_ mode: TimeMode) -> String {
    switch self {
    case .call: "call"
    case .socket: "socket"
    case .time:
      switch mode {
      case .start: "time"
      case .wall: "time of day"
      case .mark: "since mark"
      }
    case .delta: "Δ"
    case .waited: "waited"
    case .asked: "asked"
    case .got: "got"
    case .left: "left"
    case .segments: "segs"
    case .dwell: "dwell"
    case .offset: "offset"
    case .flags: "flags"
    case .why: "why"
    case .data: "data"
    }
  }

  var isRight: Bool {
    switch self {
    case .time, .delta, .waited, .asked, .got, .left, .segments, .dwell, .offset: true
    case .call, .socket, .flags, .why, .data: false
    }
  }
}
