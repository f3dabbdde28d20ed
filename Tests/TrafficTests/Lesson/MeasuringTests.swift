import Testing

@testable import Traffic

@Suite("What a lesson looks at")
struct MeasuringTests {
  private let writer = JournalWriter(limit: 64 << 20, wall: 0)
  private let socket: SocketID

  init() {
    socket = writer.add(SocketInfo(name: "s", kind: .tcp, role: .accepted))
    for (result, waited) in [(5, 100), (10, 7), (-11, 40_000_000), (0, 1)] as [(Int32, Nanoseconds)] {
      writer.append(.recv(socket, from: 0, to: waited, asked: 10, result: result, flags: [], conditions: []))
    }
  }

  private func reveal(_ measure: String) throws -> LessonMeasure {
    guard case .reveal(let reveal) = try Command(parsing: "reveal by s \(measure) because \"x\"") else {
      throw NoReveal()
    }
    return reveal.measure
  }

  private struct NoReveal: Error {}

  @Test(
    "is found, with the record that tells it",
    arguments: [
      ("recv", .results([.returned(5), .returned(10), .failed("EAGAIN"), .returned(0)]), nil),
      ("recv #1", .results([.returned(5)]), 1), ("recv #3", .results([.failed("EAGAIN")]), 3),
      ("recv #3 waited", .time(40_000_000), 3), ("recv #9", .nothing("no recv #9"), nil),
      ("send", .nothing("no call"), nil), ("ready", .nothing("no wait yet"), nil),
      ("records where returned>0", .count(2), nil),
    ] as [(String, Finding, Int?)])
  func finds(measure: String, finding: Finding, sequence: Int?) throws {
    let found = try writer.journal.finding(try reveal(measure), of: socket).get()
    #expect(found.finding == finding)
    #expect(found.sequence == sequence)
  }

  @Test(
    "makes one choice right, or none",
    arguments: [
      ("5 | 10", .results([.returned(10)]), 1), ("5 | 10", .count(5), 0),
      ("5 | 10", .results([.returned(7)]), nil),
      ("1..9 | 10..20", .count(10), 1), ("1..9 | 10", .results([.returned(3)]), 0),
      ("0ms..1ms | 20ms..60ms", .time(40_000_000), 1), ("none | readable", .ready(.readable), 1),
      ("0ms..40ms | 40ms..60ms", .time(40_000_000), 1),
      ("5 0 | 0 5", .results([.returned(0), .returned(5)]), 1), ("5 | EAGAIN", .nothing("no call"), nil),
    ] as [(String, Finding, Int?)])
  func right(choices: String, finding: Finding, place: Int?) throws {
    guard case .question(let question) = try Command(parsing: "ask \"Q\" \(choices)") else {
      throw NoReveal()
    }
    #expect(question.right(finding) == place)
  }
}
