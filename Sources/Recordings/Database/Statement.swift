import CRecording

/// A prepared statement. It keeps its connection.
final class Statement {
  private let database: Database
  let handle: OpaquePointer

  init(_ sql: String, _ database: Database) throws(DatabaseFailure) {
    var handle: OpaquePointer?
    let code = sqlite3_prepare_v3(database.handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
    guard code == SQLITE_OK else { throw database.failure(code) }
    guard let handle else { throw DatabaseFailure(code: SQLITE_MISUSE, text: "there is no statement in it") }
    self.handle = handle
    self.database = database
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

  func text(_ column: Int32) -> String? {
    guard let text = sqlite3_column_text(handle, column) else { return nil }
    return String(
      decoding: UnsafeRawBufferPointer(start: text, count: Int(sqlite3_column_bytes(handle, column))),
      as: UTF8.self)
  }

  /// Valid until the next step.
  func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
    let start = sqlite3_column_blob(handle, column)
    return UnsafeRawBufferPointer(
      start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(handle, column)))
  }
}
