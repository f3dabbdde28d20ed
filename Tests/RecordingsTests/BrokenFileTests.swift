import CRecording
import Foundation
import Synchronization
import Testing

@testable import Recordings
@testable import Traffic

@Suite("Files that are no recordings, or broken ones")
struct BrokenFileTests {
  private let scratch = ScratchFolder()

  private func failure(_ path: String) -> String? {
    do {
      _ = try Recording(opening: path).journal(limit: 4 << 20)
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test("Each is told for what it is")
  func told() throws {
    #expect(failure(scratch.path("none.rscope"))?.contains("none.rscope: ") == true)
    #expect(failure(scratch.folder)?.contains("no file") == true)
    let text = scratch.path("text.rscope")
    try "a text that is longer than the head of a database\n".write(
      toFile: text, atomically: true, encoding: .utf8)
    #expect(failure(text)?.contains("no recording of recvscope") == true)
    try "".write(toFile: scratch.path("empty.rscope"), atomically: true, encoding: .utf8)
    #expect(failure(scratch.path("empty.rscope"))?.contains("no recording of recvscope") == true)
    let foreign = try Database(
      scratch.path("foreign.rscope"), flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
    try foreign.run("CREATE TABLE block(first)")
    #expect(failure(scratch.path("foreign.rscope"))?.contains("no recording of recvscope") == true)
  }

  private func recording(_ count: Int) throws -> String {
    let run = SampleRun(seed: 1)
    run.append(count)
    return try run.reopened(in: scratch).recording.path
  }

  @Test("A newer format says which version reads it")
  func newer() throws {
    let path = try recording(10)
    let database = try Database(path, flags: SQLITE_OPEN_READWRITE)
    try database.run("PRAGMA user_version = 2; UPDATE recording SET reader_minimum = '7.3'")
    #expect(failure(path)?.contains("needs recvscope 7.3 or later") == true)
  }

  @Test(
    "Numbers that fit nothing are a damage, and take no memory",
    arguments: [
      "UPDATE block SET count = 9223372036854775807", "UPDATE block SET first = 9223372036854775807",
      "UPDATE block SET bytes = 9223372036854775807", "UPDATE block SET position = -1",
      "UPDATE block SET kinds = x'00'", "UPDATE socket SET id = 4294967295 WHERE id = 1",
      "UPDATE socket SET kind = 'tcpx'", "DELETE FROM recording", "DROP TABLE block_socket",
      "UPDATE block_socket SET rank = 9223372036854775807 - rowid", "UPDATE block_socket SET count = -5",
      "UPDATE recording SET next = 9223372036854775807, payload = -1, receives = -9223372036854775807",
      "UPDATE socket SET records = -1, urgent = x'010203', receive_end = 'failed -7'",
      "UPDATE missing SET count = 'x'; INSERT INTO missing VALUES(9223372036854775807, 9223372036854775807, 1, 'evicted')",
    ])
  func hostile(sql: String) throws {
    let path = try recording(200)
    let database = try Database(path, flags: SQLITE_OPEN_READWRITE)
    _ = try? database.run(sql)
    look(path)
  }

  /// Everything that can be asked; that it ends without a crash is what is tested.
  private func look(_ path: String) {
    guard let recording = try? Recording(opening: path), let journal = try? recording.journal(limit: 4 << 20)
    else {
      return
    }
    _ = RecordingStory(recording).missing
    var (batch, next, left) = (RecordBatch(), 0, 1000)
    while left > 0 {
      journal.read(&batch, from: next)
      if batch.records.isEmpty { break }
      for index in batch.records.indices { _ = batch.payload(index) }
      next = batch.next
      left -= 1
    }
    for id in journal.sockets.prefix(20) {
      let ranks = journal.ranks(of: id)
      _ = journal.records(of: id, in: ranks.clamped(to: ranks.lowerBound..<ranks.lowerBound + 100))
      _ = journal.rank(of: id, atOrAfter: 5)
      _ = journal.skip(of: id, from: 0, to: [])
      _ = journal.skip(of: id, backFrom: 10, to: [])
    }
    if let session = try? QuerySession(journal, recording) {
      for sql in [
        "SELECT * FROM records", "SELECT * FROM whys", "SELECT * FROM losses", "SELECT * FROM sockets",
      ] {
        try? session.run(sql, head: { _ in }, row: { _ in true })
      }
    }
  }

  @Test("A file that was cut off anywhere")
  func truncated() throws {
    let path = try recording(50)
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    for length in stride(from: 0, to: whole.count, by: 1931) {
      let cut = scratch.path("cut.rscope")
      try whole.prefix(length).write(to: URL(fileURLWithPath: cut))
      look(cut)
    }
  }

  @Test("Bytes that are flipped: a block whose checksum does not fit is not shown")
  func flipped() throws {
    let path = try recording(12)
    let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    // The pages are mostly empty: where nothing is, nothing can be damaged. FLIPS=1 tries each byte in turn.
    let step = ProcessInfo.processInfo.environment["FLIPS"].flatMap { Int($0) } ?? 37
    for place in stride(from: 0, to: whole.count, by: step)
    where whole[place] != 0 || place % (step * 16) == 0 {
      var broken = whole
      broken[place] ^= 0xff
      let file = scratch.path("flipped.rscope")
      try Data(broken).write(to: URL(fileURLWithPath: file))
      look(file)
    }
  }

  @Test("The block that was changed is missing, and those beside it are there")
  func oneBlock() throws {
    let path = try recording(10_000)
    let database = try Database(path, flags: SQLITE_OPEN_READWRITE)
    try database.run("UPDATE block SET records = zeroblob(length(records)) WHERE first = 4096")
    let recording = try Recording(opening: path)
    let told = Mutex<[String]>([])
    recording.onDamage { sentence in told.withLock { $0.append(sentence) } }
    let journal = try recording.journal(limit: 4 << 20)
    #expect(journal.records(in: 4000..<9000).map(\.sequence) == Array(4000..<4096) + Array(8192..<9000))
    var batch = RecordBatch()
    journal.read(&batch, from: 4096)
    #expect(batch.first == 8192 && batch.lostRecords == 4096)
    #expect(told.withLock { $0 } == ["\(path): the records #4096 to #8191 are damaged, and not shown"])
  }

  @Test("A recording is never written over a file")
  func exists() throws {
    let path = try recording(10)
    let run = SampleRun(seed: 2)
    for result in [
      Recorder.save(path, run.journal, RecordingOrigin(), wall: 0, at: 0),
      Recorder.start(path, run.journal, RecordingOrigin(), wall: 0, now: { 0 }, say: { _ in }).map { _ in },
    ] {
      guard case .failure(let failure) = result else {
        Issue.record("it was written over")
        return
      }
      #expect(failure.description.contains("never written over"))
    }
    #expect(self.failure(path) == nil)
  }

  @Test("Folders that take no file", arguments: ["/proc/x.rscope", "/no/such/folder/x.rscope"])
  func folders(path: String) {
    let run = SampleRun(seed: 2)
    let result = Recorder.start(path, run.journal, RecordingOrigin(), wall: 0, now: { 0 }, say: { _ in })
    guard case .failure(let failure) = result else {
      Issue.record("a file was made")
      return
    }
    #expect(failure.description.hasPrefix(path))
  }

  @Test("While it is written, another reader sees what is there, and is told so")
  func beingWritten() throws {
    let run = SampleRun(seed: 4)
    run.append(3000)
    let path = scratch.path("now.rscope")
    let recorder = try Recorder.start(
      path, run.journal, RecordingOrigin(), wall: 0, now: { 0 }, say: { _ in }
    ).get()
    let deadline = ContinuousClock.now + .seconds(20)
    while recorder.current.next < 3001, ContinuousClock.now < deadline { sched_yield() }
    let recording = try Recording(opening: path)
    #expect(recording.isBeingWritten)
    #expect(RecordingStory(recording).missing == ["\(path): it is being recorded; this is what it has now"])
    #expect(try recording.journal(limit: 4 << 20).extent.records == 0..<3001)
    try recorder.stop().get()
  }

  @Test("A file that is removed is told, and the run goes on")
  func removed() async throws {
    let run = SampleRun(seed: 4)
    let path = scratch.path("gone.rscope")
    let (told, telling) = AsyncStream.makeStream(of: String.self)
    let recorder = try Recorder.start(
      path, run.journal, RecordingOrigin(), wall: 0, now: { 0 }, say: { telling.yield($0) }
    ).get()
    try FileManager.default.removeItem(atPath: path)
    var sentences = told.makeAsyncIterator()
    #expect(await sentences.next()?.contains("the file was removed") == true)
    run.append(500)
    guard case .failure(let failure) = recorder.stop() else {
      Issue.record("nothing is told")
      return
    }
    #expect(failure.description.contains("500 records are not in it"))
  }
}
