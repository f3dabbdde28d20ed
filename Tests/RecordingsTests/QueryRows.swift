@testable import Recordings
import Traffic

extension QuerySession {
  /// All rows of an answer.
  func rows(_ sql: String) throws -> [[QueryValue]] {
    var rows: [[QueryValue]] = []
    try run(
      sql, head: { _ in },
      row: { row in
        rows.append(row)
        return true
      })
    return rows
  }
}
