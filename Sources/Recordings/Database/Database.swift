import CRecording

/// One connection to a SQLite file, for one thread at a time.
final class Database {
  private(set) var handle: OpaquePointer

  /// - Parameters:
  ///   - name: a path, or a URI with `SQLITE_OPEN_URI`.
  ///   - flags: of sqlite3_open_v2().
  init(_ name: String, flags: Int32) throws(DatabaseFailure) {
    var handle: OpaquePointer?
    let code = sqlite3_open_v2(name, &handle, flags | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX, nil)
    guard let handle else { throw DatabaseFailure(code: code, text: "out of memory") }
    self.handle = handle
    if code != SQLITE_OK {
      let failure = Self.failure(code, handle)
      sqlite3_close_v2(handle)
      throw failure
    }
    sqlite3_busy_timeout(handle, 1_000)
    cr_distrust(handle)
  }

  deinit { sqlite3_close_v2(handle) }

  /// Runs statements that give no rows, or whose rows nobody wants.
  func run(_ sql: String) throws(DatabaseFailure) {
    let code = sqlite3_exec(handle, sql, nil, nil, nil)
    if code != SQLITE_OK { throw failure(code) }
  }

  /// Texts, blobs and rows that are longer are an error, and are not read.
  func limitLengths(to bytes: Int) { _ = cr_set_limit(handle, SQLITE_LIMIT_LENGTH, Int32(bytes)) }

  func prepare(_ sql: String) throws(DatabaseFailure) -> Statement { try Statement(sql, self) }

  func failure(_ code: Int32) -> DatabaseFailure { Self.failure(code, handle) }

  private static func failure(_ code: Int32, _ handle: OpaquePointer) -> DatabaseFailure {
    DatabaseFailure(code: code, text: String(cString: sqlite3_errmsg(handle)))
  }
}
