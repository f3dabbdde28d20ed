import CRecording

/// The tables of a file that may come from anybody. What is asked of them must not run what somebody else wrote.
struct FoundSchema {
  /// Names of columns, by the tables' names in small letters.
  private(set) var columns: [String: Set<String>] = [:]
  /// What is no table, or takes a name that queries have for a table or view of theirs.
  private(set) var stranger: String?

  /// What a recording has.
  private static let expected = try? FoundSchema(
    ofTables: Database(":memory:", flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE))
  private static let taken = ["records", "sockets", "messages", "chunks", "sends", "whys", "losses"]

  init(_ database: Database) throws(DatabaseFailure) {
    // Virtual tables, views and triggers have no page; of what tells something else of itself the second one knows.
    for sql in [
      "SELECT name FROM sqlite_schema WHERE type NOT IN ('table', 'index') OR coalesce(rootpage, 0) <= 0",
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type <> 'table'",
    ] where stranger == nil {
      let rows = try database.prepare(sql)
      if try rows.step() { stranger = rows.text(0) ?? "" }
    }
    let rows = try database.prepare(
      """
      SELECT lower(t.name), c.name FROM pragma_table_list AS t, pragma_table_info(t.name) AS c
      WHERE t.schema = 'main' AND t.name NOT LIKE 'sqlite~_%' ESCAPE '~'
      """)
    while stranger == nil, try rows.step() {
      columns[rows.text(0) ?? "", default: []].insert(rows.text(1) ?? "")
    }
    stranger = stranger ?? Self.taken.first { columns[$0] != nil }
  }

  private init(ofTables database: Database) throws(DatabaseFailure) {
    try database.run(RecordingSchema.tables)
    try self.init(database)
  }

  /// A table that a recording has and this is without, or one of its columns; nil if all are there.
  var damaged: String? {
    Self.expected?.columns.first { table, names in !names.isSubset(of: columns[table] ?? []) }?.key
  }
}
