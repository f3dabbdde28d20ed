import Traffic

/// Which records are rows.
public struct RowFilter: Hashable, Sendable {
  public var hidden: Set<Record.Kind> = [.start]
  /// Calls that only said "nothing yet" (EAGAIN) are left out.
  public var hidesEmptyCalls = false

  func shows(_ record: Record) -> Bool {
    if hidden.contains(record.kind) { return false }
    return !hidesEmptyCalls || record.errno?.isPassing != true
  }
}
