import Traffic

/// The table `records`: a row a record, columns with the names of the JSON.
final class RecordsTable: QueryTable {
  static let columns = RecordField.allCases.map { (name: $0.rawValue, type: $0.type) }

  static func helps(_ by: QueryComparison.Operator, on column: Int) -> Bool {
    switch RecordField.allCases[column] {
    case .seq: true
    case .event, .socket: by == .equal
    default: false
    }
  }

  let journal: Journal

  init(_ journal: Journal) { self.journal = journal }

  func cursor(_ comparisons: [QueryComparison]) -> any QueryCursor { RecordsCursor(journal, comparisons) }
}
