import Traffic

/// A table that SQL sees, of what a journal holds: read, and never written.
protocol QueryTable: AnyObject {
  /// As in `CREATE TABLE`.
  static var columns: [(name: String, type: String)] { get }

  /// What a condition on a column can save: the fewer rows are looked at, the better. It is judged once more by SQLite.
  static func helps(_ comparison: QueryComparison.Operator, on column: Int) -> Bool

  func cursor(_ comparisons: [QueryComparison]) -> any QueryCursor
}

/// The rows of a table, one after another.
protocol QueryCursor: AnyObject {
  /// A number of the row.
  var rowID: Int64 { get }
  var isAtEnd: Bool { get }
  func next()
  func value(_ column: Int) -> QueryValue
}

/// A condition on one column.
struct QueryComparison {
  enum Operator: UInt8, CaseIterable {
    case equal = 2, greater = 4, atMost = 8, less = 16, atLeast = 32
  }

  var column: Int
  var by: Operator
  var value: QueryValue
}
