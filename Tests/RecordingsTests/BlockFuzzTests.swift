import Fuzzing
import Testing

@testable import Recordings
@testable import Traffic

/// Broken blocks: what is read of them can be printed and explained, or nothing is.
@Suite("Any block")
struct BlockFuzzTests {
  private struct Case: CustomStringConvertible {
    var bytes: [UInt8]
    var count: Int
    var description: String {
      "\(count) records: \(bytes.map { String($0, radix: 16) }.joined(separator: " "))"
    }

    init(seed: UInt64) {
      var random = SplitMix(state: seed)
      count = random.below(40) + 1
      let blocks = (0..<2).map { _ in
        let records = (0..<40).map { _ in ColumnTests.anyRecord(&random) }
        return BlockEncoder()!.records(records, isKept: records.map { _ in true })
      }
      bytes = blocks[0]
      if random.below(10) > 0 { count = 40 }
      BlockFuzzTests.changes.change(&bytes, blocks[1], &random)
    }
  }

  private static let changes = BrokenBytes(pieces: ["\u{28}\u{b5}\u{2f}\u{fd}", "\0\0\0\0", "\u{1}\u{8}"])

  /// Whatever the bytes are: what comes out can be printed and explained.
  private static func problem(_ input: Case) -> String? {
    guard let read = input.bytes.withUnsafeBytes({ BlockDecoder()!.records($0, count: input.count) }) else {
      return nil
    }
    if read.records.count != input.count { return "\(read.records.count) records" }
    let writer = JournalWriter(limit: 4 << 20, wall: 0)
    let names = QueryNames(writer.journal)
    for record in read.records {
      for field in RecordField.allCases { _ = field.value(record, 1, names) }
      _ = Explanation(record, in: writer.journal)
      if !record.isPlausible { return "\(record)" }
    }
    return nil
  }

  @Test("The same three hundred broken blocks in each run")
  func broken() {
    for seed in UInt64(0)..<300 {
      if let problem = Self.problem(Case(seed: seed)) { Issue.record("seed \(seed): \(problem)") }
    }
  }

  @Test("make fuzz: new blocks until the time is over", .enabled(if: FuzzLoop.isWanted))
  func fuzz() { #expect(FuzzLoop.run(make: Case.init(seed:), problem: Self.problem) == nil) }
}
