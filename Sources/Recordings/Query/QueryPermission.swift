import CRecording

/// What SQL may do: look at what is there. See https://sqlite.org/c3ref/set_authorizer.html.
enum QueryPermission {
  static let refusal = "only SELECT: a recording is read, not changed"

  /// Pragmas that tell of tables and of SQLite, and set nothing.
  private static let pragmas: Set<String> = [
    "table_info", "table_xinfo", "table_list", "index_list", "index_info", "database_list", "function_list",
    "module_list", "pragma_list", "collation_list", "compile_options",
  ]

  /// From here on the connection takes nothing else, and opens no further file.
  static func restrict(_ database: Database) {
    _ = cr_set_limit(database.handle, SQLITE_LIMIT_ATTACHED, 0)
    sqlite3_set_authorizer(
      database.handle,
      { _, action, name, _, _, _ in
        switch action {
        case SQLITE_SELECT, SQLITE_READ, SQLITE_FUNCTION, SQLITE_RECURSIVE: SQLITE_OK
        case SQLITE_PRAGMA:
          name.map { QueryPermission.pragmas.contains(String(cString: $0).lowercased()) } == true
            ? SQLITE_OK : SQLITE_DENY
        default: SQLITE_DENY
        }
      }, nil)
  }
}
