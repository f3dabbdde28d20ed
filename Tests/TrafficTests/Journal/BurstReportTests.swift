import Testing

@testable import Traffic

@Suite struct BurstReportTests {
  private static func sample(_ end: BurstReport.End) -> BurstReport {
    var report = BurstReport(end)
    report.sends = 3
    report.bytes = 1 << 40
    report.unsentSends = end == .done ? 0 : 7
    report.unsentBytes = end == .done ? 0 : nil
    report.medianLate = 400
    report.percentile99Late = 2_100
    report.maximumLate = 9_000_000_000
    report.sampled = 3
    report.paused = 5
    report.tolerance = end == .stopped ? nil : 100_000
    return report
  }

  @Test("what is written is read again", arguments: BurstReport.End.allCases)
  func roundTrip(_ end: BurstReport.End) {
    let report = Self.sample(end)
    #expect(BurstReport(payload: report.payload) == report)
    #expect(BurstReport(payload: BurstReport(end).payload) == BurstReport(end))
  }

  @Test func `other payloads are no report`() {
    #expect(BurstReport(payload: []) == nil)
    #expect(BurstReport(payload: Self.sample(.done).payload.dropLast()) == nil)
    #expect(BurstReport(payload: [UInt8](repeating: 255, count: 88)) == nil)
    #expect(BurstReport(payload: [9] + Self.sample(.done).payload.dropFirst()) == nil)
  }

  @Test(
    "within is kept by a burst that was played to its end and was never later",
    arguments: [
      (BurstReport.End.done, 100, 100, true), (.done, 101, 100, false), (.stopped, 0, 100, false),
      (.failed, 0, 100, false),
    ])
  func within(_ end: BurstReport.End, _ late: Nanoseconds, _ tolerance: Nanoseconds, _ isKept: Bool) {
    var report = BurstReport(end)
    report.maximumLate = late
    #expect(report.keptTolerance == nil)
    report.tolerance = tolerance
    #expect(report.keptTolerance == isKept)
  }

  private static let numbers = "3 sends, 1.0 TiB in 2.00 s, late p50 400 ns, p99 2.1 µs, max 9.00 s"
  private static let rest = "the rest was not sent; its length is not known, as it has macros"

  @Test(
    "one line says what was sent, what was not, and how late",
    arguments: [
      (.done, 0, "burst 4: \(Self.numbers), paused for 5 ns", "burst 4 FAILED: \(Self.numbers)"),
      (
        .stopped, 0, "burst 4 stopped: \(Self.numbers), \(Self.rest), paused",
        "burst 4 FAILED, stopped: \(Self.numbers), \(Self.rest)"
      ),
      (
        .closed, 0, "burst 4 not played, the socket was closed: ",
        "burst 4 FAILED, not played, the socket was closed: "
      ),
      (
        .failed, 32,
        "burst 4 ended early by EPIPE, no more can be sent: \(Self.numbers), \(Self.rest), paused",
        "burst 4 FAILED, ended early by EPIPE, no more can be sent: \(Self.numbers), \(Self.rest)"
      ),
      (
        .failed, 104, "burst 4 ended early by ECONNRESET, reset by peer: ",
        "burst 4 FAILED, ended early by ECONNRESET, reset by peer: "
      ),
      (
        .failed, 105, "burst 4 FAILED, ended early by ENOBUFS, no room in the queue: ",
        "burst 4 FAILED, ended early by ENOBUFS, no room in the queue: "
      ),
      (
        .failed, 0, "burst 4 FAILED, ended early by a socket that takes nothing: ",
        "burst 4 FAILED, ended early by a socket that takes nothing: "
      ),
    ] as [(BurstReport.End, Int32, String, String)])
  func line(_ end: BurstReport.End, _ errno: Int32, _ expected: String, _ withTolerance: String) {
    var record = Record(.burst, socket: SocketID(0), start: 0, end: 2_000_000_000)
    record.other = 4
    record.result = -errno
    var report = Self.sample(end)
    report.tolerance = 100_000
    let strict = record.burstLine(report.payload)
    #expect(strict.hasPrefix(withTolerance), "\(strict)")
    #expect(strict.hasSuffix(", within 100 µs not kept, paused for 5 ns"))
    report.tolerance = nil
    let line = record.burstLine(report.payload)
    #expect(line.hasPrefix(expected), "\(line)")
    #expect(!line.contains("within"))
  }

  @Test func `what is missing is told with its bytes`() {
    var report = BurstReport(.stopped)
    report.unsentSends = 1
    report.unsentBytes = 5
    report.sends = 2
    report.sampled = 1
    (report.medianLate, report.percentile99Late, report.maximumLate) = (1, 2, 3)
    var record = Record(.burst, socket: SocketID(0), start: 0, end: 0)
    record.other = 1
    let line = record.burstLine(report.payload)
    #expect(line.contains("burst 1 stopped") && line.contains("1 send, 5 B not sent"), "\(line)")
    #expect(line.contains("percentiles of 1 of them"), "\(line)")
    #expect(record.burstLine([]) == "burst 1: its report is no longer held")
  }
}
