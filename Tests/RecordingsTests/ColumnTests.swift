import Fuzzing
import Testing

@testable import Recordings
@testable import Traffic

@Suite("Blocks")
struct ColumnTests {
  /// Every field anything that its type can hold and a run can have.
  private static func anyRecord(_ random: inout SplitMix) -> Record {
    let kind = Record.Kind.allCases[random.below(Record.Kind.allCases.count)]
    func time() -> Int64 { [0, 1, -1, 1 << 60, -(1 << 60), Int64(random.below(1 << 40))][random.below(6)] }
    func word() -> UInt32 {
      [0, 1, .max, .max - 1, UInt32(truncatingIfNeeded: random.next())][random.below(5)]
    }
    var record = Record(kind, socket: SocketID(word()), start: 0, end: 0)
    (record.start, record.end) = { ($0.min()!, $0.max()!) }([time(), time()])
    record.offset = time()
    record.moment = random.below(3) == 0 ? Record.unknownMoment : abs(time())
    record.payloadLength = UInt32(random.below(1000))
    record.asked = word()
    record.result = Int32(bitPattern: word() == 0x8000_0000 ? 0 : word() >> 1)
    record.left = Int32(bitPattern: word())
    record.number = word()
    (record.detail, record.other, record.peer, record.task, record.fd) = (
      word(), word(), word(), word(), word()
    )
    record.flags = MessageFlags(rawValue: word())
    record.conditions = Conditions(rawValue: word()).subtracting(.relayed)
    record.callCode = UInt8(random.below(30))
    return record
  }

  @Test("Any records come back from a block, whatever their fields are", arguments: [1, 2, 3, 100, 4096])
  func roundTrip(count: Int) throws {
    var random = SplitMix(state: UInt64(count))
    let (encoder, decoder) = (try #require(BlockEncoder()), try #require(BlockDecoder()))
    for _ in 0..<(count > 1000 ? 3 : 50) {
      let records = (0..<count).map { _ in Self.anyRecord(&random) }
      let isKept = records.map { _ in random.below(2) == 0 }
      let bytes = encoder.records(records, isKept: isKept)
      let read = try #require(bytes.withUnsafeBytes { decoder.records($0, count: count) })
      #expect(read.records == records)
      #expect(read.isKept == isKept)
      // Of another count it is no block.
      for other in [0, count - 1, count + 1, 4097, -1] {
        #expect(bytes.withUnsafeBytes { decoder.records($0, count: other) } == nil)
      }
    }
  }

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
      ColumnTests.changes.change(&bytes, blocks[1], &random)
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
