import Testing
import Traffic

@Suite("How often each outcome came")
struct TallyTests {
  private static func result(_ outcomes: [String: [Int]]) -> TrialResult {
    var result = TrialResult()
    for (socket, calls) in outcomes {
      result.outcomes.append(
        TrialResult.Outcome(socket: socket, results: CallResultsTests.results(calls)))
    }
    return result
  }

  @Test("Each outcome is counted for its socket, with the run that had it first")
  func counts() {
    var tally = Tally()
    let areNew = [[5, 0], [10, 0], [10, 0]].map { tally.add(Self.result(["a": $0, "b": [1]])) }
    #expect(areNew == [true, true, false])
    #expect(tally.runs == 3 && tally.sockets == ["a", "b"])
    #expect(tally.ranked("a").map(\.results.text) == ["10 0", "5 0"])
    #expect(tally.ranked("a").map(\.first) == [2, 1] && tally.ranked("a").map(\.count) == [2, 1])
    #expect(tally.inOrder("a").map(\.results.text) == ["5 0", "10 0"])
    #expect(tally.percent(2) == "66.7 %" && tally.percent(3) == "100.0 %" && tally.percent(0) == "0.0 %")
  }

  @Test("What finds no more room is counted together, and all sum to the runs")
  func bounded() {
    var tally = Tally(limit: 4096)
    for run in 0..<1000 { tally.add(Self.result(["a": [run + 1, 0], "b": Array(0..<10_000)])) }
    let rows = tally.inOrder("a")
    #expect(rows.count > 10 && rows.count < 1000)
    #expect(rows.map(\.count).reduce(0, +) + tally.others("a") == 1000)
    #expect(tally.inOrder("b").isEmpty && tally.others("b") == 1000 && tally.sockets == ["a", "b"])
    tally.add(Self.result(["a": [1, 0]]))
    #expect(tally.inOrder("a").first?.count == 2, "what is told apart goes on being counted")
  }

  @Test("A sweep adds up the runs of each size")
  func sweep() {
    var sweep = Sweep(sizes: [100, 10])
    func add(_ calls: Int, at place: Int) -> Bool {
      var result = TrialResult()
      result.rates["a"] = TrialResult.Rate(calls: calls, bytes: 1000, time: 1_000_000)
      result.rates["idle"] = TrialResult.Rate(calls: 1, bytes: 0, time: 0)
      return sweep.add(result, at: place)
    }
    let areNew = [add(10, at: 0), add(100, at: 1), add(12, at: 0)]
    #expect(areNew == [true, true, false])
    #expect(sweep.runs == 3 && sweep.sockets == ["a"])
    let rows = sweep.rows("a")
    #expect(rows.map(\.size) == [10, 100] && rows.map(\.runs) == [1, 2] && rows.map(\.first) == [2, 1])
    #expect(rows[1].rate.calls == 22 && rows[1].rate.bytesPerSecond == 1_000_000)
  }

  @Test(
    "The sockets that are looked at are those of `expect`, or of a lesson's `reveal`",
    arguments: [
      ("listen 0", []), ("expect a recv 1\nexpect b bytes 2\nexpect a bytes 1", ["a", "b"]),
      ("ask \"Q\" 1 | 2\nreveal by s.1 recv #1 because \"x\"", ["s.1"]),
      ("ask \"Q\" 1 | 2\nreveal by s.1 recv #1 because \"x\"\nexpect t bytes 1", ["t"]),
    ])
  func sockets(lab: String, names: [String]) throws {
    #expect(try Lab(parsing: lab).countedSockets == names)
  }
}
