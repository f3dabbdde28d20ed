import Glibc
import Staging
import Testing
import Traffic

@testable import Sockets

extension SocketsTests {
  @Suite("Bursts that are stopped, paused and reported") struct BurstPlayTests {
    private static let pair = "listen 0 --as server --recv 1M\nconnect server --as client\n"

    private func reports(_ stage: Stage, _ name: String = "client") throws -> [BurstReport] {
      try stage.records(name, .burst).map { record in
        try #require(BurstReport(payload: stage.journal.payload(of: record) ?? []))
      }
    }

    private func waitForReports(_ stage: Stage, _ count: Int) throws -> [BurstReport] {
      try stage.wait("\(count) reports") { (try? stage.records("client", .burst).count) == count }
      return try reports(stage)
    }

    @Test func `a burst is reported when it is over`() throws {
      let stage = Stage()
      try stage.play(Self.pair + #"send client "12345" 1ms "a"*50 2ms"# + "\nwait client sent")
      let report = try #require(reports(stage).first)
      #expect(report.end == .done && report.sends == 2 && report.bytes == 55 && report.sampled == 2)
      #expect(report.unsentSends == 0 && report.unsentBytes == 0 && report.keptTolerance == nil)
      let record = try #require(stage.records("client", .burst).first)
      #expect(record.burst == 1 && record.result == 1 && record.waited >= 3_000_000)
      let sends = try stage.records("client", .send)
      let late = sends.map { $0.start - ($0.planned ?? 0) }
      #expect(report.maximumLate == late.max() && report.medianLate == late.min())
      #expect(!stage.manager.isPlaying && stage.manager.playing.isEmpty)
    }

    @Test func `stop ends what is under way and what waits, and the socket goes on`() throws {
      let stage = Stage()
      try stage.play(
        Self.pair + #"send client "ab" 1h "cde""# + "\n" + #"send client "f"*7/2"# + "\n"
          + "wait server.1 bytes 2\nburst client stop\n" + #"send client "after""# + "\nwait client sent")
      let reports = try reports(stage)
      #expect(reports.map(\.end) == [.stopped, .stopped, .done])
      #expect(reports.map(\.sends) == [1, 0, 1])
      #expect(reports.map(\.unsentSends) == [1, 4, 0])
      #expect(reports.map(\.unsentBytes) == [3, 7, 0])
      #expect(reports[1].maximumLate == nil)
      try stage.wait("the last burst") { (try? stage.received("server.1")) == Array("abafter".utf8) }
    }

    @Test func `stop interrupts a send that blocks, and says what of it was taken`() throws {
      let stage = Stage()
      try stage.play(
        "listen 0 --as server --paused --rcvbuf 4k\nconnect server --as client --sndbuf 4k\n"
          + "send client zeros(10M) \"x\"\nwait 1ms\nburst client stop")
      let report = try #require(reports(stage).first)
      #expect(report.end == .stopped && report.sends == 0)
      let taken = try stage.records("client", .send).reduce(0) { $0 + Int64(max(0, $1.result)) }
      #expect(report.bytes == taken)
      #expect(report.unsentBytes == 10 << 20 + 1 - taken && report.unsentSends == 2)
    }

    @Test func `what waits behind a stopped burst and is none still happens`() throws {
      let stage = Stage()
      try stage.play(
        Self.pair + "send client 1h \"a\"\nclose client\nwait 1ms\nburst client stop\nwait server.1 end")
      #expect(try reports(stage).map(\.unsentBytes) == [1])
      #expect(try stage.received("server.1").isEmpty)
    }

    @Test func `a pause shifts the rest of the schedule by its length, and costs no processor time`() throws {
      let stage = Stage()
      try stage.play(
        Self.pair + "send client \"a\" 20ms \"b\" 30ms \"c\"\nwait server.1 bytes 1\nburst client pause")
      let processor = processorTime()
      try stage.play("wait 200ms")
      #expect(processorTime() - processor < 100_000_000)
      #expect(try stage.received("server.1") == Array("a".utf8))
      let playing = try #require(stage.manager.playing.first)
      #expect(
        playing.isPaused && playing.sends == 1 && playing.queued == 0 && playing.totalSends == 3
          && playing.bytes == 1)
      #expect(playing.totalBytes == 3 && playing.length == 50_000_000 && playing.time < 20_000_000)
      #expect(stage.manager.playing.first?.time == playing.time)
      try stage.play("burst client resume\nwait client sent")
      let planned = try stage.records("client", .send).compactMap(\.planned)
      let report = try #require(reports(stage).first)
      #expect(report.paused >= 200_000_000 && report.end == .done)
      #expect(planned[1] - planned[0] == 20_000_000 + report.paused)
      #expect(planned[2] - planned[1] == 30_000_000)
    }

    @Test func `a payload that tells its time tells the one after the pause`() throws {
      let stage = Stage()
      try stage.play(
        Self.pair + #"send client "%{time} " 20ms "%{time} ""#
          + "\nwait server.1 recv 1\nburst client pause\nwait 30ms\nburst client resume\nwait client sent")
      try stage.wait("both") { (try? stage.received("server.1").count { $0 == 0x20 }) == 2 }
      let told = try String(decoding: stage.received("server.1"), as: UTF8.self).split(separator: " ")
      #expect(try told.compactMap { Int64($0) } == stage.records("client", .send).compactMap(\.planned))
    }

    @Test func `a burst can be paused before its turn, and stopped while it is paused`() throws {
      let stage = Stage()
      try stage.play(Self.pair + "send client \"a\" 1h\nburst client pause\nburst client stop")
      #expect(try reports(stage).map(\.end) == [.stopped])
    }

    @Test(
      "what cannot be done is said in plain words",
      arguments: [
        ("burst client pause", "client plays no burst"), ("burst client stop", "client plays no burst"),
        ("burst client resume", "client plays no burst"),
        ("send client 1h\nburst client resume", "client: its burst is not paused"),
        ("send client 1h\nburst client pause\nburst client pause", "client: its burst is paused already"),
        ("burst nobody stop", "there is no socket nobody"),
      ])
    func refusals(lines: String, message: String) throws {
      let stage = Stage()
      #expect(stage.failure(of: Self.pair + lines) == message)
    }

    @Test func `bursts of one socket queue, those of several play side by side`() throws {
      let stage = Stage()
      try stage.play(
        Self.pair + "connect server --as other\nsend client 1h\nsend client \"b\"\nsend client \"c\"\n"
          + "send other \"x\" 1h")
      // The count follows the record, which is what wakes those who wait.
      eventually("a send is counted") { stage.manager.playing.map(\.sends).max() != 0 }
      let playing = stage.manager.playing.sorted { $0.name < $1.name }
      #expect(stage.manager.isPlaying)
      #expect(playing.map(\.name) == ["client", "other"] && playing.map(\.queued) == [2, 0])
      #expect(playing.map(\.number) == [1, 4] && playing.map(\.sends) == [0, 1])
      try stage.play("burst client stop\nburst other stop")
      #expect(!stage.manager.isPlaying)
    }

    @Test func `a burst behind a close is not played, and says so`() throws {
      let stage = Stage()
      try stage.play(Self.pair + "send client \"a\" 20ms close\nsend client \"bcd\"/2\nwait server.1 end")
      let reports = try waitForReports(stage, 2)
      #expect(reports.map(\.end) == [.done, .closed])
      #expect(reports[1].unsentSends == 2 && reports[1].unsentBytes == 3 && reports[1].bytes == 0)
    }

    @Test func `what comes after shutdown in a burst is played`() throws {
      let stage = Stage()
      try stage.play(Self.pair + "send client \"a\" shutdown 5ms close\nwait server.1 end\nwait client sent")
      #expect(try stage.records("client", .close).count == 1)
      #expect(try waitForReports(stage, 1).map(\.end) == [.done])
    }

    @Test func `a send that fails for good ends the burst, and the rest is told`() throws {
      let stage = Stage()
      try stage.play(Self.pair + "shutdown client write\nsend client \"abc\" 1h \"defg\"\nwait client sent")
      let record = try #require(stage.records("client", .burst).first)
      #expect(record.errno == .brokenPipe)
      let report = try #require(reports(stage).first)
      #expect(
        report.end == .failed && report.sends == 0 && report.unsentSends == 2 && report.unsentBytes == 7)
    }

    @Test func `a datagram that is refused does not end the burst`() throws {
      let stage = Stage()
      try stage.play(
        "listen 0 --as server --udp\nconnect server --as client\nsend client \"a\" zeros(100k) \"b\"\nwait client sent"
      )
      let report = try #require(reports(stage).first)
      #expect(report.end == .done && report.sends == 2 && report.bytes == 2)
      #expect(report.unsentSends == 1 && report.unsentBytes == 100 << 10)
    }

    /// Of this process, in nanoseconds.
    private func processorTime() -> Nanoseconds {
      var time = timespec()
      clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
      return Nanoseconds(time.tv_sec) * 1_000_000_000 + Nanoseconds(time.tv_nsec)
    }
  }
}
