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
    #expect(model.table.rows.last.flatMap { RowKind($0.item) } == .bursts)
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
    let row = ItemSource.Row(place: 2, item: .record(record, sequence: 2))
    let text = RowText(row: row, before: nil, sockets: SocketTable(), moments: Moments(utcOffset: 0))
    #expect(text.role == role)
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
