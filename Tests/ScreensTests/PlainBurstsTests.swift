import SystemPackage
import Testing

@testable import Screens
@testable import Traffic

@Suite("The rows of bursts")
struct PlainBurstsTests {
  private static func report(_ end: BurstReport.End, sends: Int = 1, unsent: Int = 0) -> BurstReport {
    var report = BurstReport(end)
    (report.sends, report.bytes, report.unsentSends, report.unsentBytes) = (sends, 5, unsent, Int64(unsent))
    return report
  }

  /// A socket on which bursts were played, of which each left a send() and its report.
  private static func journal(_ reports: [(BurstReport, Errno?)]) -> Journal {
    let writer = JournalWriter(limit: 64 << 20, wall: 0)
    let socket = writer.add(SocketInfo(name: "far", kind: .tcp, role: .client))
    for (index, (report, errno)) in reports.enumerated() {
      var send = Record.send(socket, flags: [], burst: (index + 1, 0))
      (send.start, send.end, send.asked, send.result) = (Int64(index), Int64(index), 5, 5)
      writer.append(send)
      let time = Nanoseconds(index)
      writer.append(.burst(socket, from: time, to: time, number: index + 1, report, failed: errno), report)
    }
    return writer.journal
  }

  @Test("A burst of one send that went as planned has no row but its send's, until it is asked for")
  func folded() {
    let journal = Self.journal(
      Array(repeating: (Self.report(.done), nil), count: 100) + [(Self.report(.done, sends: 2), nil)])
    var model = press("", journal).model
    #expect(model.table.rows.dropLast().allSatisfy { RowKind($0.item) == .sent })
    #expect(model.table.rows.last.flatMap { RowKind($0.item) } == .wholeBursts)
    #expect(model.table.rows.count == model.layout.tableRows)
    #expect(model.table.filter.words == nil)
    model = press("X plain enter escape", journal).model
    #expect(model.table.rows.contains { RowKind($0.item) == .plainBursts })
    // Alone they are found as well, however far from the newest rows.
    for kind in RowKind.allCases where kind != .plainBursts { model.table.filter.hidden.insert(kind) }
    _ = model.update(.journalChanged, journal)
    #expect(model.table.rows.count == model.layout.tableRows)
    #expect(model.table.filter.words == "plain bursts only")
  }

  @Test(
    "A row is as calm as what it tells",
    arguments: [
      (report(.done), nil, .plain, .sent), (report(.done, sends: 3), nil, .whole, .sent),
      (report(.stopped, unsent: 2), nil, .cutShort, .warning),
      (report(.closed, unsent: 2), nil, .cutShort, .warning),
      (report(.failed, unsent: 2), .brokenPipe, .cutShort, .warning),
      (report(.failed, unsent: 2), .noMemory, .failed, .error),
    ] as [(BurstReport, Errno?, BurstCourse, Role)])
  func roles(report: BurstReport, errno: Errno?, course: BurstCourse, role: Role) throws {
    let journal = Self.journal([(report, errno)])
    let record = try #require(journal.records(in: 2..<3).first?.record)
    #expect(record.course == course)
    let text = RowText(record: record, before: nil, sockets: SocketTable(), moments: Moments(utcOffset: 0))
    #expect(text.role == role)
  }

  private static func say(_ model: Model) -> String { model.notice?.text ?? "" }

  /// Appends the report of a burst, after so many other records.
  private static func end(_ number: Int, _ report: BurstReport, in journal: Journal, behind others: Int = 0) {
    let writer = JournalWriter(to: journal)
    for _ in 0..<others { writer.append(.mark(at: 1), text: "x") }
    writer.append(.burst(SocketID(0), from: 0, to: 1, number: number, report), report)
    for _ in 0..<others { writer.append(.mark(at: 1), text: "x") }
  }

  @Test("The end of a burst is told, however short it was and whatever followed it", arguments: [0, 5000])
  func told(others: Int) {
    let journal = Self.journal([(Self.report(.done, sends: 2), nil)])
    var model = press("", journal).model
    // What was over before is not told.
    #expect(model.notice == nil)
    Self.end(2, Self.report(.done, sends: 2), in: journal, behind: others)
    _ = model.update(.journalChanged, journal)
    #expect(Self.say(model).hasPrefix("far: burst 2: 2 sends, 5 B"))
    Self.end(3, Self.report(.done), in: journal)
    _ = model.update(.journalChanged, journal)
    #expect(Self.say(model).hasPrefix("far: burst 2: "))
    Self.end(4, Self.report(.stopped, unsent: 1), in: journal, behind: others)
    Self.end(5, Self.report(.done), in: journal)
    _ = model.update(.journalChanged, journal)
    #expect(Self.say(model).hasPrefix("far: burst 4 stopped: 1 send, 5 B"))
  }

  @Test("A burst of one send that was seen while it was played is told at its end")
  func seen() {
    let journal = Self.journal([])
    var model = press("", journal).model
    let burst = PlayingBurst(
      socket: SocketID(0), name: "far", number: 1, sends: 0, totalSends: 1, bytes: 0, totalBytes: 5,
      time: 1, length: 2, isPaused: false, queued: 0)
    _ = model.update(.playing([burst]), journal)
    Self.end(1, Self.report(.done), in: journal)
    _ = model.update(.playing([]), journal)
    #expect(Self.say(model).hasPrefix("far: burst 1: 1 send"))
  }

  @Test("What was judged, or held up by hand, has a row of its own")
  func notPlain() {
    var (judged, late, paused) = (Self.report(.done), Self.report(.done), Self.report(.done))
    judged.tolerance = 5
    (late.tolerance, late.maximumLate) = (5, 6)
    paused.paused = 1
    #expect(BurstCourse(judged, nil) == .whole)
    #expect(BurstCourse(late, nil) == .failed)
    #expect(BurstCourse(paused, nil) == .whole)
  }
}
