import Fuzzing
import Testing

@testable import Recordings
@testable import Traffic

@Suite("Blocks")
struct ColumnTests {
  /// Every field anything that its type can hold and a run can have.
  static func anyRecord(_ random: inout SplitMix) -> Record {
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
}
