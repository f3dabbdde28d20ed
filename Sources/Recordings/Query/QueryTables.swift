import CRecording
import Traffic

/// The tables and views of queries, with names that stay.
enum QueryTables {
  static func add(_ journal: Journal, to database: OpaquePointer) throws(DatabaseFailure) {
    let tables: [(String, any QueryTable)] = [
      ("records", RecordsTable(journal)), ("sockets", SocketsTable(journal)),
      ("messages", MessagesTable(journal)),
    ]
    for (name, table) in tables {
      let code = QueryModule.add(table, named: name, to: database)
      if code != SQLITE_OK { throw DatabaseFailure(code: code, text: String(cString: sqlite3_errstr(code))) }
    }
  }

  private static let always = """
    CREATE TEMP VIEW chunks AS SELECT * FROM records WHERE event = 'recv';
    CREATE TEMP VIEW sends AS SELECT * FROM records WHERE event = 'send';
    """

  /// Of a journal that no file holds.
  static let views =
    always + """

      CREATE TEMP VIEW whys AS SELECT socket, why, count(*) AS calls, coalesce(sum(returned), 0) AS bytes,
        sum(waited) AS waited, max(waited) AS longest FROM records WHERE event = 'recv' GROUP BY socket, why;
      CREATE TEMP VIEW losses AS SELECT NULL AS first, NULL AS count, NULL AS bytes, NULL AS cause WHERE 0;
      """

  /// Of a recording: what was added up when it was written is not added up again.
  /// - Parameter schema: the name that the file has for the connection.
  static func views(ofFile schema: String) -> String {
    always + """

      CREATE TEMP VIEW whys AS SELECT name AS socket, why, sum(count) AS calls, sum(bytes) AS bytes,
        sum(waited) AS waited, max(longest) AS longest
        FROM \(schema).block_sum JOIN \(schema).socket ON socket.id = block_sum.socket
        WHERE event = 'recv' GROUP BY block_sum.socket, why;
      CREATE TEMP VIEW losses AS SELECT * FROM \(schema).missing;
      """
  }
}
