import CRecording
import Traffic

/// SQL over what a journal holds, in memory or on disk: the tables `records`, `sockets` and `messages`, and views.
public final class QuerySession {
  /// Why a query cannot be run.
  public struct Failure: Error, Sendable, CustomStringConvertible {
    public let description: String
    /// Where in the SQL the mistake is, in bytes; nil where SQLite does not say.
    public let offset: Int?

    /// The sentence, with the place in the SQL below it.
    public func text(of sql: String) -> String {
      guard let offset, !sql.contains(where: \.isNewline) else { return SafeText.string(description) }
      let before = SafeText.string(String(decoding: sql.utf8.prefix(offset), as: UTF8.self))
      return "\(SafeText.string(description))\n  \(SafeText.string(sql))\n  "
        + String(repeating: " ", count: SafeText.width(before)) + "^"
    }
  }

  /// What is on the way to an end: another thread may stop it.
  public final class Stop: @unchecked Sendable {
    private let database: Database
    fileprivate init(_ database: Database) { self.database = database }
    public func callAsFunction() { sqlite3_interrupt(database.handle) }
  }

  private let database: Database

  /// - Parameter recording: the file that the journal is of, so that sums come from it; nil if it is of none.
  public init(_ journal: Journal, _ recording: Recording? = nil) throws(Failure) {
    do throws(DatabaseFailure) {
      database = try Database(":memory:", flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI)
      try QueryTables.add(journal, to: database.handle)
      if let recording {
        let attach = try database.prepare("ATTACH ?1 AS recording")
        attach.bind(1, recording.uri)
        _ = try attach.step()
      }
      try database.run(recording == nil ? QueryTables.views : QueryTables.views(ofFile: "recording"))
      try database.run("PRAGMA query_only = ON")
    } catch {
      throw Failure(description: error.text, offset: nil)
    }
  }

  public var stop: Stop { Stop(database) }

  /// Runs one statement.
  /// - Parameters:
  ///   - head: is told the names of the columns, before the rows.
  ///   - row: is told each row; false ends it.
  public func run(_ sql: String, head: ([String]) -> Void, row: ([QueryValue]) -> Bool) throws(Failure) {
    do throws(DatabaseFailure) {
      let statement = try database.prepare(sql)
      guard statement.isAll(of: sql) else {
        throw DatabaseFailure(
          code: SQLITE_MISUSE, text: "one statement at a time: more stands behind the first")
      }
      head(
        (0..<sqlite3_column_count(statement.handle)).map {
          String(cString: sqlite3_column_name(statement.handle, $0))
        })
      while try statement.step(), row(statement.values) {}
    } catch {
      let offset = Int(sqlite3_error_offset(database.handle))
      throw Failure(description: error.text, offset: offset >= 0 ? offset : nil)
    }
  }
}

extension Statement {
  /// Nothing but blanks and semicolons stands behind it.
  fileprivate func isAll(of sql: String) -> Bool {
    let own = String(cString: sqlite3_sql(handle))
    return sql.utf8.dropFirst(own.utf8.count).allSatisfy { " ;\n\t\r".utf8.contains($0) }
  }

  /// The row that it stands at.
  fileprivate var values: [QueryValue] {
    (0..<sqlite3_column_count(handle)).map { column in
      switch sqlite3_column_type(handle, column) {
      case SQLITE_INTEGER: .integer(sqlite3_column_int64(handle, column))
      case SQLITE_FLOAT: .real(sqlite3_column_double(handle, column))
      case SQLITE_TEXT: .text(text(column) ?? "")
      case SQLITE_BLOB: .bytes(Array(bytes(column)))
      default: .null
      }
    }
  }
}
