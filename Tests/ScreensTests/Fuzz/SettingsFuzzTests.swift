import Fuzzing
import Testing

/// Broken files of settings: no file may end the program, and each mistake has a place.
@Suite("Any file of settings")
struct SettingsFuzzTests {
  @Test("The corpus is there", arguments: SettingsCase.Kind.allCases)
  func some(kind: SettingsCase.Kind) { #expect(SettingsCase.corpus.count { $0.kind == kind } > 10) }

  @Test("Each case of the corpus is read or refused as it should be", arguments: SettingsCase.corpus)
  func corpus(input: SettingsCase) {
    let problem = SettingsCheck.problem(input)
    #expect(problem == nil, "\(input)")
  }

  @Test("The same two thousand broken files in each run", arguments: UInt64(0)..<8)
  func broken(block: UInt64) {
    for seed in block * 250..<(block + 1) * 250 {
      let input = SettingsCase(seed: seed)
      if let problem = SettingsCheck.problem(input) {
        Issue.record("seed \(seed): \(problem): \(input)")
      }
    }
  }

  @Test("make fuzz: new files until the time is over", .enabled(if: FuzzLoop.isWanted))
  func fuzz() {
    let problem = FuzzLoop.run(make: SettingsCase.init(seed:), problem: SettingsCheck.problem)
    #expect(problem == nil)
  }
}
