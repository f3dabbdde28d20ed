import Fuzzing
import Testing

@testable import Traffic

/// Any bytes for any framing: nothing traps, the messages follow one another, and no cut changes them.
@Suite("Any stream of a framing")
struct FramingFuzzTests {
  @Test("The same two thousand broken streams in each run", arguments: UInt64(0)..<8)
  func broken(block: UInt64) {
    for seed in block * 250..<(block + 1) * 250 {
      let input = FramingFuzzCase(seed: seed)
      if let problem = input.problem(cuttings: 1) { Issue.record("seed \(seed): \(problem): \(input)") }
    }
  }

  @Test("make fuzz: new streams until the time is over", .enabled(if: FuzzLoop.isWanted))
  func fuzz() {
    let problem = FuzzLoop.run(make: FramingFuzzCase.init(seed:)) { $0.problem(cuttings: 3) }
    #expect(problem == nil)
  }

  @Test("make fuzz: a million cuttings of the cases", .enabled(if: FuzzLoop.isWanted))
  func fuzzCuttings() {
    let expected = FramingCase.all.map { input in Direction.allCases.map { input.expected($0) } }
    var random = SplitMix(state: .random(in: 0...UInt64.max))
    for cutting in 0..<1_000_000 {
      let index = cutting % expected.count
      let (input, seed) = (FramingCase.all[index], random.next())
      let cut = FramingRun.Cut.random(SplitMix(state: seed))
      let run = FramingRun(input.framing, input.stretches, isReset: input.isReset, cut)
      if Direction.allCases.map({ run.found($0) }) != expected[index] {
        Issue.record("\(input.testDescription), cut with seed \(seed)")
        return
      }
    }
  }
}
