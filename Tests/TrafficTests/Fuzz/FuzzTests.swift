import Fuzzing
import Testing

@testable import Traffic

/// Broken input for the parsers of bursts and of lab lines: no input may trap, and what parses must mean what it says.
@Suite("Any input of the parsers")
struct FuzzTests {
  @Test("The corpus is there")
  func some() { #expect(FuzzCase.corpus.count > 70) }

  @Test("Each case of the corpus is read or refused as it should be", arguments: FuzzCase.corpus)
  func corpus(input: FuzzCase) {
    let problem = FuzzCheck.problem(input)
    #expect(problem == nil, "\(input)")
  }

  @Test("The same two thousand broken cases in each run", arguments: UInt64(0)..<8)
  func broken(block: UInt64) {
    for seed in block * 250..<(block + 1) * 250 {
      let input = FuzzCase(seed: seed)
      if let problem = FuzzCheck.problem(input) {
        Issue.record("seed \(seed): \(problem): \(input)")
      }
    }
  }

  @Test("make fuzz: new cases until the time is over", .enabled(if: FuzzLoop.isWanted))
  func fuzz() {
    let problem = FuzzLoop.run(make: FuzzCase.init(seed:), problem: FuzzCheck.problem)
    #expect(problem == nil)
  }
}
