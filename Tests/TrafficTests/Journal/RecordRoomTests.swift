import Testing

@testable import Traffic

/// What fails when a set of the record's overflows, before anything is lost without a word.
struct RecordRoomTests {
  @Test func `A record is at most 96 bytes`() {
    #expect(MemoryLayout<Record>.stride <= 96)
  }

  @Test func `Every kind has its place in a set of kinds`() {
    #expect(Record.Kind.allCases.count <= RecordKinds.mostKinds)
    #expect(Record.Kind.allCases.map { Int($0.rawValue) }.max() == Record.Kind.allCases.count - 1)
    var seen = RecordKinds()
    for kind in Record.Kind.allCases {
      for result: Int32 in [1, 0, -11, -104] {
        var record = Record(kind, start: 0, end: 0)
        record.result = result
        let one = RecordKinds(record)
        #expect(!one.isEmpty)
        #expect(seen.isDisjoint(with: one), "\(kind) \(result)")
        seen.formUnion(one)
      }
    }
  }

  @Test func `Every condition has a bit of its own`() {
    let bits = Conditions.all.map(\.rawValue)
    #expect(bits.allSatisfy { $0.nonzeroBitCount == 1 })
    #expect(Set(bits).count == bits.count)
  }

  @Test func `Every flag of recv and send has a bit of its own and a word`() {
    let bits = MessageFlags.words.map(\.flag.rawValue)
    #expect(bits.allSatisfy { $0.nonzeroBitCount == 1 })
    #expect(Set(bits).count == bits.count)
    #expect(Set(MessageFlags.words.map(\.word)).count == bits.count)
  }
}
