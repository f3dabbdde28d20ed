import CRecording

/// The tables of queries for a connection that somebody else has opened.
public enum QueryExtension {
  /// Adds them; they read the file that the connection has open as `main`.
  /// - Returns: why they cannot be added.
  public static func add(to database: OpaquePointer) -> String? {
    guard let path = sqlite3_db_filename(database, "main").map({ String(cString: $0) }), !path.isEmpty else {
      return "recvscope: open a recording first: sqlite3 FILE"
    }
    do {
      let recording = try Recording(opening: path)
      try QueryTables.add(try recording.journal(limit: 4 << 20), to: database)
      let code = sqlite3_exec(database, QueryTables.views(ofFile: "main"), nil, nil, nil)
      return code == SQLITE_OK ? nil : String(cString: sqlite3_errmsg(database))
    } catch let failure as DatabaseFailure {
      return "recvscope: \(failure.text)"
    } catch {
      return "recvscope: \(error)"
    }
  }
}
