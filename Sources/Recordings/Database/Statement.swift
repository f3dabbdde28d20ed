import CRecording

/// A prepared statement. It keeps its connection.
final class Statement {
  private let database: Database
  let handle: OpaquePointer

  private init(_ handle: OpaquePointer, _ database: Database) {
    self.handle = handle
    self.database = database
  }

  convenience init(_ sql: String, _ database: Database) throws(DatabaseFailure) {
    guard let handle = try Self.first(of: sql[...], database).handle else { throw Self.nothing }
    self.init(handle, database)
  }

  /// Takes the first statement from a text; nil where a comment or nothing stands before the next semicolon.
  convenience init?(takingFrom sql: inout Substring, _ database: Database) throws(DatabaseFailure) {
    let (handle, taken) = try Self.first(of: sql, database)
    sql = Substring(sql.utf8.dropFirst(taken))
    guard let handle else { return nil }
    self.init(handle, database)
  }

  static var nothing: DatabaseFailure {
    DatabaseFailure(code: SQLITE_MISUSE, text: "there is no statement in it")
  }

  private static func first(of sql: Substring, _ database: Database) throws(DatabaseFailure) -> (
    handle: OpaquePointer?, taken: Int
  ) {
    var handle: OpaquePointer?
    let (code, taken) = sql.withCString { text in
      var rest: UnsafePointer<CChar>?
      let code = sqlite3_prepare_v3(
        database.handle, text, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, &rest)
      return (code, rest.map { $0 - text } ?? 0)
    }
    guard code == SQLITE_OK else { throw database.failure(code) }
    // Behind a NUL nothing is read.
    return (handle, taken > 0 ? taken : sql.utf8.count)
  }

  deinit { sqlite3_finalize(handle) }

  // MARK: Parameters, from 1

  func bind(_ index: Int32, _ value: Int64?) {
    if let value { sqlite3_bind_int64(handle, index, value) } else { sqlite3_bind_null(handle, index) }
  }

  func bind(_ index: Int32, _ value: Int?) { bind(index, value.map(Int64.init)) }

  func bind(_ index: Int32, _ value: Bool) { bind(index, value ? 1 : 0 as Int64) }

  func bind(_ index: Int32, _ text: String?) {
    guard var text else {
      sqlite3_bind_null(handle, index)
      return
    }
    _ = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { chars in
        "".withCString { cr_bind_text(handle, index, chars.baseAddress ?? $0, Int32(chars.count)) }
      }
    }
  }

  /// The bytes must stay where they are until the statement was run.
  func bind(_ index: Int32, _ bytes: UnsafeRawBufferPointer) {
    cr_bind_blob(handle, index, bytes.baseAddress, UInt64(bytes.count))
  }

  // MARK: Running

  /// - Returns: true if there is a row.
  func step() throws(DatabaseFailure) -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code: throw database.failure(code)
    }
  }

  /// Runs it for its effect, and makes it ready to be run again.
  func run() throws(DatabaseFailure) {
    defer { reset() }
    while try step() {}
  }

  /// To be called after the rows that were wanted: a statement that stands at a row holds up who writes.
  func reset() { sqlite3_reset(handle) }

  // MARK: Columns, from 0

  func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

  func int64(_ column: Int32) -> Int64? { isNull(column) ? nil : sqlite3_column_int64(handle, column) }

  func int(_ column: Int32) -> Int? { int64(column).map(Int.init) }

  /// - Parameter longest: bytes that are wanted at most.
  func text(_ column: Int32, _ longest: Int = .max) -> String? {
    guard let text = sqlite3_column_text(handle, column) else { return nil }
    let count = min(longest, Int(sqlite3_column_bytes(handle, column)))
    return String(decoding: UnsafeRawBufferPointer(start: text, count: count), as: UTF8.self)
  }

  /// Valid until the next step.
  func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
    let start = sqlite3_column_blob(handle, column)
    return UnsafeRawBufferPointer(
      start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(handle, column)))
  }
}
