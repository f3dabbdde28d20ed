import CRecording
import Foundation
import Fuzzing
import Testing

@testable import Recordings
@testable import Traffic

@Suite("Recordings")
struct RecordingTests {
  private let scratch = ScratchFolder()

  @Test("A run comes back as it was, record by record", arguments: [0, 1, 2, 4095, 4096, 4097, 30_000])
  func comesBack(count: Int) throws {
    let run = SampleRun(seed: UInt64(count))
    run.append(count)
    let (recording, journal) = try run.reopened(in: scratch)
    Same(left: run.journal, right: journal).all()
    #expect(recording.losses.isEmpty)
    #expect(RecordingStory(recording).missing.isEmpty)
    #expect(recording.origin == RecordingOrigin(program: "1", kernel: "k", command: "c", lab: "l"))
  }

  @Test("It is one file, the user's alone, and SQLite finds nothing wrong with it")
  func file() throws {
    let run = SampleRun(seed: 5)
    run.append(5000)
    let (recording, _) = try run.reopened(in: scratch)
    let attributes = try FileManager.default.attributesOfItem(atPath: recording.path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.folder).count == 1)
    let database = try Database(recording.path, flags: SQLITE_OPEN_READONLY)
    let check = try database.prepare("PRAGMA integrity_check")
    #expect(try check.step() && check.text(0) == "ok")
  }

  @Test("What is passed over holds none of what is looked for, from memory or from a file")
  func skipping() throws {
    let run = SampleRun(seed: 9)
    run.append(20_000)
    run.writer.append(.shutdown(SocketID(0), .write, from: 1, to: 2))
    run.append(9000)
    let (_, journal) = try run.reopened(in: scratch)
    let wanted = RecordKinds { $0.kind == .shutdown }
    for socket in [nil, SocketID(0), SocketID(1)] {
      let end = socket.map { journal.ranks(of: $0).upperBound } ?? journal.extent.records.upperBound
      for place in stride(from: 0, to: end, by: 997) {
        let (next, back) = (
          journal.skip(of: socket, from: place, to: wanted),
          journal.skip(of: socket, backFrom: place, to: wanted)
        )
        #expect(next >= place && back <= place)
        for range in [place..<next, back..<place] {
          let passed = socket.map { journal.records(of: $0, in: range) } ?? journal.records(in: range)
          #expect(!passed.contains { $0.record.kind == .shutdown })
        }
      }
      #expect(socket == SocketID(1) || journal.skip(of: socket, from: 0, to: wanted) > 0)
    }
  }

  @Test("A journal goes on after a run that was recorded")
  func goesOn() throws {
    let run = SampleRun(seed: 3)
    run.append(6000)
    let (_, journal) = try run.reopened(in: scratch)
    let next = journal.extent.records.upperBound
    let writer = JournalWriter(to: journal)
    let sequence = writer.append(.mark(SocketID(0), at: 9), text: "later")
    #expect(sequence == next)
    let ranks = journal.ranks(of: SocketID(0))
    let last = journal.records(of: SocketID(0), in: ranks.upperBound - 3..<ranks.upperBound)
    #expect(last.count == 3 && last.last?.sequence == next)
    #expect(journal.payload(of: last[2].record).map { String(decoding: $0, as: UTF8.self) } == "later")
    var batch = RecordBatch()
    journal.read(&batch, from: next - 2)
    let count = batch.records.count
    journal.read(&batch, from: next - 2 + count)
    #expect(count + batch.records.count == 3)
  }

  @Test("What memory has dropped is read from the file while it is written, and nothing is missing")
  func largerThanMemory() throws {
    let (small, large) = (SampleRun(seed: 8, memory: 5 << 20), SampleRun(seed: 8, memory: 1 << 30))
    let recorder = try Recorder.start(
      scratch.path("live.rscope"), small.journal, RecordingOrigin(), wall: 17, now: { 0 },
      say: { Issue.record("\($0)") }
    ).get()
    for _ in 0..<12 {
      small.append(3000)
      large.append(3000)
      // Slower than a disk: what is dropped has been written.
      let deadline = ContinuousClock.now + .seconds(20)
      while recorder.current.next < small.journal.extent.records.upperBound, ContinuousClock.now < deadline {
        sched_yield()
      }
    }
    #expect(small.journal.extent.records.lowerBound == 0)
    #expect(small.journal.extent.memory < 8 << 20)
    Same(left: large.journal, right: small.journal).records(#_sourceLocation)
    Same(left: large.journal, right: small.journal).sockets(#_sourceLocation)
    try recorder.stop().get()
    Same(left: large.journal, right: small.journal).records(#_sourceLocation)
    let recording = try Recording(opening: scratch.path("live.rscope"))
    Same(left: large.journal, right: try recording.journal(limit: 8 << 20)).all()
  }

  @Test("A run that is recorded late says what had gone by then")
  func late() throws {
    let run = SampleRun(seed: 8, memory: 4 << 20)
    run.append(60_000)
    let first = run.journal.extent.records.lowerBound
    #expect(first > 0)
    let (recording, journal) = try run.reopened(in: scratch)
    #expect(recording.losses.first == RecordingLoss(first: 0, count: first, bytes: 0, cause: .evicted))
    #expect(
      RecordingStory(recording).missing.first?.contains("the first \(Units.count(first)) records had gone")
        == true)
    #expect(journal.extent.records == run.journal.extent.records)
    for id in run.journal.sockets {
      let range = run.journal.ranks(of: id)
      #expect(journal.ranks(of: id) == range)
      #expect(
        journal.records(of: id, in: range).map(\.record)
          == run.journal.records(of: id, in: range).map(\.record))
    }
  }

  @Test("Payloads that go from memory before their turn make it incomplete, and are told with their number")
  func unkept() throws {
    // No more than a chunk or two is held.
    let writer = JournalWriter(limit: 4 << 20, wall: 0)
    let socket = writer.add(SocketInfo(name: "s", kind: .tcp, role: .client))
    let recorder = try Recorder.start(
      scratch.path("unkept.rscope"), writer.journal, RecordingOrigin(), wall: 0, now: { 0 }, say: { _ in }
    ).get()
    #expect(recorder.current.isWhole)
    let chunk = (0..<1 << 18).map { _ in UInt8.random(in: 0...255) }
    let deadline = Date(timeIntervalSinceNow: 60)
    while recorder.current.unkept == 0, recorder.current.lost == 0, Date() < deadline {
      for _ in 0..<64 {
        var record = Record(.recv, socket: socket, start: 0, end: 1)
        record.result = Int32(chunk.count)
        chunk.withUnsafeBytes { _ = writer.append(record, payload: $0) }
      }
    }
    #expect(!recorder.current.isWhole)
    let outcome = recorder.stop()
    guard case .failure(let failure) = outcome else {
      Issue.record("nothing is said")
      return
    }
    #expect(failure.description.contains("not in it"))
    let missing = RecordingStory(try Recording(opening: recorder.path)).missing
    #expect(!missing.isEmpty)
  }

  @Test("Payloads that had gone are missing, and the calls are there")
  func withoutPayloads() throws {
    let run = SampleRun(seed: 2, memory: 4 << 20)
    let big = [UInt8](repeating: 7, count: 200_000)
    for _ in 0..<40 {
      let record = Record.recv(
        SocketID(0), from: 1, to: 2, asked: big.count, result: Int32(big.count), flags: [], conditions: [])
      big.withUnsafeBytes { _ = run.writer.append(record, payload: $0) }
    }
    let (recording, journal) = try run.reopened(in: scratch)
    #expect(recording.losses.contains { $0.cause == .payload })
    #expect(journal.extent.records.count == 41)
    let records = journal.records(of: SocketID(0), in: 0..<40).map(\.record)
    #expect(journal.payload(of: records[0]) == nil)
    #expect(journal.payload(of: records[39]) == big)
    #expect(journal.payload(of: records[39], in: 3..<5) == [7, 7])
  }
}
