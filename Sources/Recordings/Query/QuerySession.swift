import CRecording
import Synchronization
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

  /// What is on the way to an end: another thread may stop it, also before it begins.
  public final class Stop: @unchecked Sendable {
    private let database: Database
    private let isAsked = Atomic(false)

    fileprivate init(_ database: Database) {
      self.database = database
      // What is interrupted before its first step goes on; so it looks for itself, now and then.
      sqlite3_progress_handler(
        database.handle, 1000,
        { Unmanaged<Stop>.fromOpaque($0!).takeUnretainedValue().isAsked.load(ordering: .relaxed) ? 1 : 0 },
        Unmanaged.passUnretained(self).toOpaque())
    }

    public func callAsFunction() {
      isAsked.store(true, ordering: .relaxed)
      sqlite3_interrupt(database.handle)
    }

    deinit { sqlite3_progress_handler(database.handle, 0, nil, nil) }
  }

  private let database: Database
  public let stop: Stop

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
      // Here they are made, which is more than reading.
      try database.run(
        "SELECT 1 FROM records, sockets, messages, pragma_table_info, pragma_table_list WHERE 0")
      database.limitLengths(to: BlockFormat.mostPayload)
      QueryPermission.restrict(database)
      stop = Stop(database)
    } catch {
      throw Failure(description: error.text, offset: nil)
    }
  }

  /// Runs one statement.
  /// - Parameters:
  ///   - longest: bytes of a cell that are wanted; what is longer is cut there.
  ///   - head: is told the names of the columns, before the rows.
  ///   - row: is told each row; false ends it.
  public func run(
    _ sql: String, longest: Int = .max, head: ([String]) -> Void, row: ([QueryValue]) -> Bool
  ) throws(Failure) {
    var place = 0
    do throws(DatabaseFailure) {
      let statement = try only(of: sql, at: &place)
      head(
        (0..<sqlite3_column_count(statement.handle)).map {
          String(cString: sqlite3_column_name(statement.handle, $0))
        })
      while try statement.step(), row(statement.values(longest)) {}
    } catch {
      if error.primary == SQLITE_AUTH { throw Failure(description: QueryPermission.refusal, offset: nil) }
      let offset = Int(sqlite3_error_offset(database.handle))
      throw Failure(description: error.text, offset: offset >= 0 ? place + offset : nil)
    }
  }

  /// The one statement that a text has; comments and semicolons are none.
  /// - Parameter place: is told where it begins, or what stands behind it.
  private func only(of sql: String, at place: inout Int) throws(DatabaseFailure) -> Statement {
    var rest = sql[...]
    var found: Statement?
    while !rest.isEmpty {
      place = sql.utf8.count - rest.utf8.count
      if found == nil {
        found = try Statement(takingFrom: &rest, database)
      } else {
        let isMore: Bool
        // Whether it is right or not: it would not be run.
        do { isMore = try Statement(takingFrom: &rest, database) != nil } catch { isMore = true }
        if isMore {
          throw DatabaseFailure(
            code: SQLITE_MISUSE, text: "one statement at a time: more stands behind the first")
        }
      }
    }
    guard let found else { throw Statement.nothing }
    guard sqlite3_stmt_readonly(found.handle) != 0 else {
      throw DatabaseFailure(code: SQLITE_AUTH, text: QueryPermission.refusal)
    }
    return found
  }
}

extension Statement {
  /// The row that it stands at.
  fileprivate func values(_ longest: Int) -> [QueryValue] {
    (0..<sqlite3_column_count(handle)).map { column in
      switch sqlite3_column_type(handle, column) {
      case SQLITE_INTEGER: .integer(sqlite3_column_int64(handle, column))
      case SQLITE_FLOAT: .real(sqlite3_column_double(handle, column))
      case SQLITE_TEXT: .text(text(column, longest) ?? "")
      case SQLITE_BLOB: .bytes(Array(bytes(column).prefix(longest)))
      default: .null
      }
    }
  }
}
