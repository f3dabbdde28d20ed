import Labs
import Staging
import Testing
import Traffic

@Suite("A message in parts, on a program that is watched")
struct ShakeTests {
  /// Takes one recv for one message of five bytes, if it is naive; else reads on.
  private static func server(isNaive: Bool) -> String {
    let read = isNaive ? "d = c.recv(99)" : "d = b\\\"\\\"\\n  while len(d) < 5: d += c.recv(99)"
    return
      "python3 -c 'import socket\\ns = socket.create_server((\\\"127.0.0.1\\\", 0))\\nwhile True:\\n  c, _ = s.accept()\\n  "
      + "\(read)\\n  c.sendall(b\\\"got \\\" + d)\\n  c.close()'"
  }

  @Test(
    "a naive server fails at each cut, a sound one at none, however many connections there are at a time",
    arguments: [1, 4])
  func verdicts(jobs: Int) throws {
    let stage = Stage()
    try stage.play("shake \"\(Self.server(isNaive: true))\" --jobs \(jobs) --again 1 --send \"hello\"")
    let naive = try #require(stage.runner.shake?.state)
    #expect(naive.isOver)
    #expect(naive.report?.count(.different) == 4)
    #expect(naive.report?.proven == 4)
    #expect(naive.smallest == nil)
    try stage.play(
      "shake \"\(Self.server(isNaive: false))\" --jobs \(jobs) --cuts pairs --send \"hello\"\nexpect shake.* cuts same 6"
    )
    #expect(stage.runner.shake?.state.report?.status == 0)
  }

  @Test("every cut has a record with what its program's calls returned, on the connection that it is of")
  func records() throws {
    let stage = Stage()
    try stage.play("shake \"\(Self.server(isNaive: true))\" --again 0 --cuts at 2 --send \"hello\"")
    let cut = try #require(
      stage.journal.records(in: 0..<stage.journal.extent.records.upperBound).map(\.record).first {
        $0.kind == .cut
      })
    let result = try #require(stage.journal.body(CutResult.self, of: cut))
    #expect(result.calls.first == CutResult.Call(name: .recvfrom, asked: 99, result: 2))
    #expect(String(decoding: result.answer, as: UTF8.self) == "got he")
    let sends = stage.journal.records(of: cut.socket, in: stage.journal.ranks(of: cut.socket)).map(\.record)
      .filter { $0.kind == .send }
    #expect(sends.map(\.result) == [2, 3] || sends.map(\.result) == [2, -32], "\(sends.map(\.result))")
  }

  @Test("where it is asked for, the smallest case is looked for, and makes a lab")
  func smallest() throws {
    let stage = Stage()
    let line = try Lab(
      parsing: "shake \"\(Self.server(isNaive: true))\" --again 1 --cuts pairs --send \"hello\""
    ).lines[0]
    guard case .shake(var order) = line.command else { throw ShakeMistake.empty }
    order.reduces = true
    try stage.runner.perform(.shake(order), line: 1).get()
    let smallest = try #require(stage.runner.shake?.state.smallest)
    #expect(smallest.result.cuts == CutPlaces(message: 0, offsets: [1]))
    #expect(smallest.result.verdict == .different)
    #expect(try Lab(parsing: #require(stage.runner.shake?.lab)).lines.count > 5)
  }

  @Test("stopping ends it soon, and the program with it")
  func stop() throws {
    let stage = Stage()
    let text = "shake \"\(Self.server(isNaive: false))\" --cuts pairs --send zeros(300)"
    let line = try Lab(parsing: text).lines[0]
    stage.runner.say(line.command) { _ in }
    try stage.wait("something was tried") { stage.runner.shake?.state.report?.done ?? 0 > 3 }
    stage.runner.shake?.stop()
    #expect(stage.runner.shake?.state.isOver == true)
    let report = try #require(stage.runner.shake?.state.report)
    #expect(report.ending == "stopped")
    #expect(report.done < report.start.total)
    try stage.wait("nothing is left of the program") { stage.manager.isAllClosed }
  }
}
