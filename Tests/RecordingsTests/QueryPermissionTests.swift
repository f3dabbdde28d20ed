import Foundation
import Synchronization
import Testing

@testable import Recordings
@testable import Traffic

@Suite("What SQL may do")
struct QueryPermissionTests {
  private let scratch = ScratchFolder()

  private func session() throws -> QuerySession {
    let run = SampleRun(seed: 7)
    run.append(300)
    let (recording, journal) = try run.reopened(in: scratch)
    return try QuerySession(journal, recording)
  }

  private func mistake(_ session: QuerySession, _ sql: String) -> QuerySession.Failure? {
    do { _ = try session.rows(sql) } catch { return error as? QuerySession.Failure }
    return nil
  }

  @Test("Only what reads is taken, and no file comes to be")
  func refused() throws {
    let session = try session()
    let before = try FileManager.default.contentsOfDirectory(atPath: scratch.folder)
    for sql in [
      "ATTACH '\(scratch.path("new"))' AS z", "ATTACH ':memory:' AS z", "DETACH recording",
      "VACUUM INTO '\(scratch.path("copy"))'", "VACUUM recording INTO '\(scratch.path("copy"))'", "VACUUM",
      "PRAGMA query_only = OFF", "PRAGMA temp_store_directory = '\(scratch.folder)'", "PRAGMA query_only",
      "PRAGMA writable_schema = ON", "DELETE FROM recording.block", "DROP TABLE recording.block",
      "CREATE TEMP TABLE t(x)", "CREATE TABLE t(x)", "DROP VIEW chunks", "BEGIN", "ANALYZE", "REINDEX",
      "INSERT INTO records VALUES(1)", "EXPLAIN DELETE FROM recording.block",
    ] {
      #expect(mistake(session, sql)?.description == "only SELECT: a recording is read, not changed", "\(sql)")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.folder) == before)
  }

  @Test(
    "What tells of the tables is taken",
    arguments: [
      "SELECT count(*) FROM records", "SELECT * FROM whys, losses", "SELECT * FROM sockets, messages LIMIT 1",
      "PRAGMA table_info(records)", "SELECT name FROM pragma_table_info('chunks')", "PRAGMA table_list",
      "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 3) SELECT * FROM c",
      "EXPLAIN QUERY PLAN SELECT * FROM chunks", "SELECT hex(kinds) FROM recording.block", "VALUES(1)",
      "SELECT json_object('a', seq) FROM records LIMIT 1", "SELECT program FROM recording",
    ])
  func taken(sql: String) throws { #expect(mistake(try session(), sql) == nil) }

  @Test(
    "Comments and semicolons are no statement",
    arguments: [
      ("", "there is no statement in it"), (";", "there is no statement in it"),
      (" ;; \n", "there is no statement in it"), ("/* x */", "there is no statement in it"),
      ("-- x", "there is no statement in it"), ("/* x */; -- y", "there is no statement in it"),
      ("select 1; -- x", nil), ("select 1 /* x */;;", nil), ("; select 1", nil), ("-- x\n;select 1", nil),
      ("select 1; select 2", "one statement at a time: more stands behind the first"),
      ("select 1; -- x\n; select 2", "one statement at a time: more stands behind the first"),
      ("select 1; nonsense", "one statement at a time: more stands behind the first"),
    ])
  func statements(sql: String, expected: String?) throws {
    #expect(mistake(try session(), sql)?.description == expected)
  }

  @Test("The place of a mistake is counted from the beginning, also behind a comment")
  func place() throws {
    #expect(mistake(try session(), "/* é */; select nope from chunks")?.offset == 17)
  }

  @Test("What is stopped ends, whenever that comes: before it begins, and while it runs")
  func stopped() throws {
    let endless = "WITH c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT "
    for what in ["count(*) FROM c", "hex(zeroblob(5000)) FROM c", "x FROM c WHERE x < 0"] {
      let session = try session()
      session.stop()
      #expect(mistake(session, endless + what) != nil)
    }
    let session = try session()
    let stop = session.stop
    let isAsked = Atomic(false)
    DispatchQueue.global().async {
      while !isAsked.load(ordering: .relaxed) { sched_yield() }
      stop()
    }
    var failure: QuerySession.Failure?
    do {
      try session.run(
        endless + "x FROM c", head: { _ in },
        row: { _ in
          isAsked.store(true, ordering: .relaxed)
          return true
        })
    } catch { failure = error }
    #expect(failure?.description == "interrupted")
  }

  @Test("Cells are cut where they are too long to be wanted, and never longer than a record can be")
  func lengths() throws {
    let session = try session()
    var row: [QueryValue] = []
    try session.run(
      "SELECT zeroblob(100), printf('%0100d', 7), 7", longest: 8, head: { _ in },
      row: {
        row = $0
        return true
      })
    #expect(row == [.bytes(Array(repeating: 0, count: 8)), .text("00000000"), .integer(7)])
    #expect(mistake(session, "SELECT zeroblob(600000000)")?.description.contains("too big") == true)
  }
}
