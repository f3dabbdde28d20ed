import Traffic

/// Which records are rows.
public enum RowFilter: String, CaseIterable, Sendable {
  case everything
  /// All but calls that only said "nothing yet" (EAGAIN, EINTR) and waits.
  case noEmptyCalls = "no-empty-calls"
  case data
  case received
  case sent

  func shows(_ record: Record) -> Bool {
    switch self {
    case .everything: record.kind != .start
    case .noEmptyCalls: record.kind != .start && record.kind != .wait && record.errno?.isPassing != true
    case .data: Direction(record.kind) != nil && record.errno?.isPassing != true
    case .received: record.kind == .recv
    case .sent: record.kind == .send
    }
  }

  /// In words, for the table's title; nil if nothing is hidden.
  var words: String? {
    switch self {
    case .everything: nil
    case .noEmptyCalls: "without empty calls"
    case .data: "recv and send only"
    case .received: "recv only"
    case .sent: "send only"
    }
  }
}
