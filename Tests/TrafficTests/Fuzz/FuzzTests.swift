import Foundation
import Testing

@testable import Traffic

/// Broken input for the parsers of bursts and of lab lines: no input may trap, and what parses must mean what it says.
@Suite("Any input of the parsers")
struct FuzzTests {
  private static let environment = ProcessInfo.processInfo.environment

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

  /// `FUZZ` is the time in seconds, `FUZZ_SEED` the first seed, `FUZZ_CASE` a file that holds the case being tried: it is what
  /// is left of a crash.
  @Test("make fuzz: new cases until the time is over", .enabled(if: environment["FUZZ"] != nil))
  func fuzz() throws {
    let seconds = try #require(Self.environment["FUZZ"].flatMap { Double($0) }, "FUZZ is a number of seconds")
    let first = Self.environment["FUZZ_SEED"].flatMap { UInt64($0) } ?? .random(in: 0..<1 << 48)
    let file = Self.environment["FUZZ_CASE"].map { open($0, O_WRONLY | O_CREAT | O_TRUNC, 0o600) } ?? -1
    defer { close(file) }
    let end = ContinuousClock.now + .seconds(seconds)
    print("fuzz: \(seconds) s from seed \(first) on")
    var seed = first
    while ContinuousClock.now < end {
      let input = FuzzCase(seed: seed)
      let note = Array("seed \(seed): \(input)\n".utf8)
      if file >= 0 {
        ftruncate(file, 0)
        _ = note.withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, 0) }
      }
      if let problem = FuzzCheck.problem(input) {
        Issue.record("seed \(seed): \(problem): \(input)")
        return
      }
      seed += 1
    }
    print("fuzz: \(seed - first) cases, nothing found")
  }
}
