import CRecording
import Foundation
import Testing

@testable import Recordings
@testable import Traffic

/// Files that say they are recordings, and were made to harm who opens them.
@Suite("Recordings from somebody else")
struct StrangeFileTests {
  private let scratch = ScratchFolder()

  private func failure(_ path: String) -> String? {
    do {
      let recording = try Recording(opening: path)
      _ = try QuerySession(try recording.journal(limit: 4 << 20), recording)
      return nil
    } catch {
      return "\(error)"
    }
  }

  private func recording(changedBy sql: String) throws -> String {
    let run = SampleRun(seed: 1)
    run.append(200)
    let path = try run.reopened(in: scratch).recording.path
    #expect(failure(path) == nil)
    try Database(path, flags: SQLITE_OPEN_READWRITE).run(sql)
    return path
  }

  @Test(
    "Views, triggers and tables with the names of ours are not looked at",
    arguments: [
      ("DROP TABLE recording; CREATE VIEW recording AS \(Self.endless)", "recording in it is none"),
      ("DROP TABLE missing; CREATE VIEW missing AS \(Self.endless)", "missing in it is none"),
      ("DROP TABLE socket; CREATE VIEW socket AS \(Self.endless)", "socket in it is none"),
      ("DROP TABLE block; CREATE VIEW Block AS \(Self.endless)", "Block in it is none"),
      ("CREATE VIEW more AS SELECT 1", "more in it is none"),
      ("CREATE TRIGGER t AFTER INSERT ON block BEGIN SELECT 1; END", "t in it is none"),
      ("CREATE TABLE Records(seq)", "records in it is none"), ("CREATE TABLE sockets(x)", "sockets in it"),
      ("CREATE TABLE messages(x)", "messages in it is none"), ("CREATE TABLE whys(x)", "whys in it is none"),
      ("CREATE VIEW \"a\nb\" AS SELECT 1", "a␊b in it is none"),
      ("CREATE VIRTUAL TABLE v USING fts5(x)", "v in it is none"),
      ("ALTER TABLE block DROP COLUMN crc", "no table block as it should be"),
      ("DROP TABLE address", "no table address as it should be"),
      (
        """
        ALTER TABLE recording RENAME TO old; CREATE TABLE recording(format, reader_minimum, program, kernel, command, lab,
        wall, began, ended, first, next, payload, receives, sends, received, sent, bursts, latest AS (abs(wall)))
        """, "no table recording as it should be"
      ),
    ])
  func schema(sql: String, sentence: String) throws {
    let failure = failure(try recording(changedBy: sql))
    #expect(failure?.contains(sentence) == true, "\(failure ?? "it was opened")")
  }

  private static let endless = "WITH c(x) AS (SELECT 1 UNION ALL SELECT x FROM c) SELECT count(*) AS a FROM c"

  @Test("Indexes and tables of its owner's do no harm")
  func allowed() throws {
    #expect(
      failure(try recording(changedBy: "CREATE INDEX i ON block(t0); CREATE TABLE notes(x); ANALYZE")) == nil)
  }

  @Test(
    "Numbers and texts that no run has are told",
    arguments: [
      ("UPDATE recording SET wall = 9223372036854775807", "no run was at the time"),
      ("UPDATE recording SET wall = -9223372036854775808", "no run was at the time"),
      ("UPDATE recording SET ended = 9223372036854775807", "no run was at the time"),
      ("UPDATE recording SET lab = zeroblob(30000000)", "longer than any of its texts"),
      ("UPDATE socket SET name = zeroblob(30000000)", "longer than any of its texts"),
      ("PRAGMA user_version = 2; UPDATE recording SET reader_minimum = '7\n3'", "recvscope 7␊3 or later"),
    ])
  func values(sql: String, sentence: String) throws {
    let failure = failure(try recording(changedBy: sql))
    #expect(failure?.contains(sentence) == true, "\(failure ?? "it was opened")")
  }

  @Test("Totals that its blocks do not hold make nobody look for them")
  func totals() throws {
    let path = try recording(changedBy: "UPDATE socket SET records = 9223372036854775807")
    let journal = try Recording(opening: path).journal(limit: 4 << 20)
    for id in journal.sockets { #expect(journal.ranks(of: id).count <= 201) }
  }

  @Test("Ranks and sequence numbers that are missing are passed over at once")
  func gaps() throws {
    let path = try recording(
      changedBy: """
        UPDATE block_socket SET rank = 1152921504606846000 WHERE socket = 1;
        INSERT INTO block_socket SELECT 1, 0, first, 1 FROM block
        """)
    let journal = try Recording(opening: path).journal(limit: 4 << 20)
    #expect(journal.skip(of: SocketID(1), from: 5000, to: .all) == 1_152_921_504_606_846_000)
  }

  @Test("A block with more bytes than one has is damaged, and is not read for that")
  func longBlock() throws {
    let path = try recording(changedBy: "UPDATE block SET payload = zeroblob(100000000)")
    let recording = try Recording(opening: path)
    #expect(try recording.journal(limit: 4 << 20).records(in: 0..<10).isEmpty)
    #expect(recording.isDamaged)
  }

  @Test("Of a run that was killed, the file without what lay beside it says what is missing")
  func withoutLog() throws {
    let run = SampleRun(seed: 3)
    run.append(100)
    let path = scratch.path("killed.rscope")
    let recorder = try Recorder.start(
      path, run.journal, RecordingOrigin(), wall: 0, now: { 0 }, say: { _ in }
    ).get()
    let copy = scratch.path("copy.rscope")
    try FileManager.default.copyItem(atPath: path, toPath: copy)
    #expect(failure(copy)?.contains("what it held was in \(copy)-wal, which is missing or damaged") == true)
    try Data(repeating: 7, count: 5000).write(to: URL(fileURLWithPath: copy + "-wal"))
    #expect(failure(copy)?.contains("-wal, which is missing or damaged") == true)
    try recorder.stop().get()
    #expect(failure(path) == nil)
  }
}
