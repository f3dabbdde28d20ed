import Testing

@testable import Traffic

struct ShakeReportTests {
  private static func report(_ results: [(Int, [Int], CutVerdict)], lengths: [Int] = [10]) -> ShakeReport {
    let start = ShakeStart(
      target: "t", messages: lengths.map { Array(repeating: 65, count: $0) }, framing: nil, total: 20,
      answer: Array("ok".utf8))
    var report = ShakeReport(start, tokens: [])
    for (message, offsets, verdict) in results {
      report.add(
        CutResult(
          cuts: CutPlaces(message: message, offsets: offsets), verdict: verdict,
          isProven: verdict != .unproven, runs: [verdict], answer: Array("no".utf8)))
    }
    return report
  }

  @Test(
    arguments: [
      ([], 4), ([.same], 0), ([.same, .unproven], 4), ([.same, .different, .unproven], 1), ([.unstable], 1),
      ([.crash], 1),
    ] as [([CutVerdict], Int32)])
  func `The status tells what was found`(verdicts: [CutVerdict], status: Int32) {
    let results = verdicts.enumerated().map { (0, [$0.offset + 1], $0.element) }
    #expect(Self.report(results).status == status)
  }

  @Test func `A cell has the worst of its cuts`() {
    let report = Self.report([(0, [1, 3], .same), (0, [1, 4], .crash), (0, [3, 4], .different)])
    #expect(report.cells[0].prefix(4) == [.crash, nil, .different, .crash])
    #expect(report.done == 3)
    #expect(report.found == 2)
  }

  @Test func `Offsets beside each other are one stretch`() {
    let report = Self.report(
      [
        (0, [1], .same), (0, [2], .different), (0, [3], .different), (0, [5], .different),
        (1, [1], .different),
      ],
      lengths: [10, 4])
    let bad = report.stretches.filter { $0.verdict == .different }
    #expect(bad.map(\.offsets) == [2...3, 5...5, 1...1])
    #expect(bad.map(\.message) == [0, 0, 1])
  }

  @Test func `The smallest has the fewest cuts, then the earliest, and fails each time`() {
    #expect(
      Self.report([(0, [1, 2], .crash), (0, [7], .different), (0, [5], .closed), (0, [3], .unstable)])
        .smallest?
        .cuts.offsets == [5])
    #expect(Self.report([(0, [3], .unstable)]).smallest?.cuts.offsets == [3])
    #expect(Self.report([(0, [3], .unproven)]).smallest == nil)
  }

  @Test func `A sentence says where, what instead of what, and what was called`() {
    let report = Self.report([])
    var result = CutResult(
      cuts: CutPlaces(message: 0, offsets: [3]), verdict: .different, isProven: true,
      answer: Array("no".utf8),
      calls: [
        .init(name: .recvfrom, asked: 4096, result: 3), .init(name: .recvfrom, asked: 4096, result: -11),
        .init(name: .sendto, asked: 2, result: 2),
      ])
    #expect(
      CutSentence(result, in: report).text
        == #"cut after byte 3: "no" instead of "ok"; the target called recvfrom(4096) = 3, then sendto(2) = 2"#
    )
    result.isProven = false
    result.note = "io_uring"
    #expect(CutSentence(result, in: report).text.contains("; not proven: io_uring;"))
  }

  @Test func `What is told of a cut survives the journal`() throws {
    let result = CutResult(
      cuts: CutPlaces(message: 2, offsets: [1, 70_000]), verdict: .unstable, isProven: true, note: "é",
      runs: [.different, .same], answer: [0, 255], answered: 2, end: .reset,
      calls: [.init(name: .read, asked: 5, result: -104)])
    #expect(CutResult(payload: result.payload) == result)
    let start = ShakeStart(target: "a b", messages: [[1], [2, 3]], framing: "http", total: 7, answer: [9])
    #expect(ShakeStart(payload: start.payload) == start)
    for length in 0..<result.payload.count {
      #expect(CutResult(payload: result.payload.prefix(length)) == nil)
    }
  }
}
