import Traffic

/// What SQL gave of the run.
public struct QueryResult: Sendable, Hashable {
  /// Rows that are kept at most.
  public static let most = 1000

  let sql: String
  let columns: [String]
  let rows: [[QueryValue]]
  /// There were more.
  let isCut: Bool

  public init(_ sql: String, columns: [String], rows: [[QueryValue]], isCut: Bool) {
    (self.sql, self.columns, self.rows, self.isCut) = (sql, columns, rows, isCut)
  }

  var title: String {
    "\(rows.count)\(isCut ? " rows and more" : rows.count == 1 ? " row" : " rows"): \(sql)"
  }
}
