import SystemPackage
import Testing

@testable import Traffic

struct JournalTests {
  private let writer = JournalWriter(limit: 4 << 20, wall: 1_000)
  private var journal: Journal { writer.journal }

  private func add(_ name: String) -> SocketID {
    writer.add(SocketInfo(name: name, kind: .tcp, role: .client))
  }

  @discardableResult
  private func receive(_ socket: SocketID, _ bytes: [UInt8], asked: UInt32 = 10, at time: Nanoseconds = 5)
    -> Int
  {
    var record = Record(.recv, socket: socket, start: time - 1, end: time)
    record.asked = asked
    record.result = Int32(bytes.count)
    return bytes.withUnsafeBytes { writer.append(record, payload: $0) }
  }

  private func everything(from sequence: Int = 0) -> RecordBatch {
    var batch = RecordBatch()
    journal.read(&batch, from: sequence)
    return batch
  }

  @Test func `A run begins with a record that holds the wall clock`() {
    let batch = everything()
    #expect(batch.records.count == 1)
    #expect(batch.records[0].kind == .start)
    #expect(batch.records[0].wall == 1_000)
  }

  @Test func `Records keep their order, payloads and numbers`() {
    let (a, b) = (add("a"), add("b"))
    receive(a, [1, 2, 3])
    receive(b, [4])
    receive(a, [5, 6])
    let batch = everything(from: 1)
    #expect(batch.records.map(\.socket) == [a, b, a])
    #expect(batch.records.map(\.number) == [1, 1, 2])
    #expect(batch.records.map(\.offset) == [0, 0, 3])
    #expect((0..<3).map { batch.payload($0).map(Array.init) } == [[1, 2, 3], [4], [5, 6]])
  }

  @Test func `A socket's records are found by rank`() {
    let (a, b) = (add("a"), add("b"))
    for value in 0..<2_000 { receive(value % 3 == 0 ? a : b, [UInt8(value % 256)]) }
    let ranks = journal.ranks(of: a)
    #expect(ranks == 0..<667)
    let some = journal.records(of: a, in: 600..<603)
    #expect(some.map(\.sequence) == [1_801, 1_804, 1_807])
    #expect(some.compactMap { journal.payload(of: $0.record)?.first } == [8, 11, 14])
    #expect(journal.rank(of: a, atOrAfter: 1_802) == 601)
    #expect(journal.records(of: a, in: 660..<9_999).count == 7)
  }

  @Test func `Payloads longer than a block come back whole`() {
    let a = add("a")
    let long = (0..<(BlockPool.blockSize + 4_321)).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    receive(a, [9])
    let sequence = receive(a, long, asked: 1 << 22)
    #expect(
      journal.records(in: sequence..<sequence + 1).first.flatMap { journal.payload(of: $0.record) } == long)
  }

  @Test(
    "A part of a payload is what the whole has there",
    arguments: [0..<0, 0..<3, 1_048_570..<1_048_580, 1_052_896..<1_060_000, 2_000_000..<3_000_000])
  func part(_ range: Range<Int>) {
    let a = add("a")
    let long = (0..<(BlockPool.blockSize + 4_321)).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    receive(a, [9])
    let sequence = receive(a, long, asked: 1 << 22)
    let record = journal.records(in: sequence..<sequence + 1)[0].record
    #expect(journal.payload(of: record, in: range) == Array(long[range.clamped(to: long.indices)]))
  }

  @Test func `Memory stays within the limit, and payloads go before records`() {
    let a = add("a")
    for value in 0..<105_000 { receive(a, .init(repeating: UInt8(value % 256), count: 500), asked: 500) }
    let extent = journal.extent
    #expect(extent.memory <= extent.limit)
    #expect(extent.evictedBytes > 0)
    let last = journal.records(in: extent.records.upperBound - 1..<extent.records.upperBound)[0].record
    #expect(journal.payload(of: last) == .init(repeating: UInt8(104_999 % 256), count: 500))
    let first = journal.records(in: extent.records.lowerBound..<extent.records.lowerBound + 1)[0].record
    #expect(journal.payload(of: first) == nil)
    #expect(journal.socket(a)?.totals.receivedBytes == 52_500_000)
    #expect(journal.ranks(of: a).upperBound == 105_000)
    #expect(journal.ranks(of: a).count == extent.records.count - (extent.records.lowerBound == 0 ? 1 : 0))
  }

  @Test(
    "Passing over records never passes one that is wanted, from any place and for any socket",
    arguments: [4 << 20, 64 << 20])
  func skipping(limit: Int) {
    let writer = JournalWriter(limit: limit, wall: 0)
    let journal = writer.journal
    let sockets = ["a", "b"].map { writer.add(SocketInfo(name: $0, kind: .tcp, role: .client)) }
    let count = 4 * RecordLog.perBlock
    for index in 0..<count {
      // Two sends far apart; everything else is received.
      let isSend = index == count / 2 || index == count - 9
      var record = Record(isSend ? .send : .recv, socket: sockets[index % 2], start: 0, end: 0)
      record.result = 1
      writer.append(record)
    }
    let sends = RecordKinds { $0.kind == .send }
    let held = journal.extent.records
    #expect(limit > 4 << 20 || held.lowerBound > 0)
    for socket in [nil, sockets[0], sockets[1]] {
      let places = socket.map { journal.ranks(of: $0) } ?? held
      let kinds = places.map { place in
        (socket.map { journal.records(of: $0, in: place..<place + 1) }
          ?? journal.records(in: place..<place + 1))
          .first?.record.kind
      }
      for place in stride(from: places.lowerBound, through: places.upperBound, by: 997) {
        let next = journal.skip(of: socket, from: place, to: sends)
        #expect(next >= place && next <= places.upperBound)
        let passed = kinds[place - places.lowerBound..<next - places.lowerBound]
        #expect(!passed.contains(.send))
        let before = journal.skip(of: socket, backFrom: place, to: sends)
        #expect(before <= place && before >= places.lowerBound)
        #expect(!kinds[before - places.lowerBound..<place - places.lowerBound].contains(.send))
      }
      // It is of use: from the front it passes over whole blocks.
      if limit > 4 << 20 {
        #expect(journal.skip(of: socket, from: places.lowerBound, to: sends) > places.lowerBound)
      }
    }
    #expect(
      journal.skip(of: nil, from: held.lowerBound, to: RecordKinds { $0.kind == .mark }) == held.upperBound)
    #expect(journal.skip(of: nil, backFrom: held.upperBound, to: []) == held.lowerBound)
  }

  @Test func `A reader that comes late is told what it missed`() {
    let a = add("a")
    for _ in 0..<200_000 { receive(a, [1]) }
    let batch = everything()
    #expect(batch.lostRecords > 0)
    #expect(batch.first == batch.lostRecords)
    #expect(journal.records(in: 0..<5).isEmpty)
  }

  @Test func `A small payload of an old record that is gone is nil, an empty one is not`() {
    let a = add("a")
    let empty = receive(a, [])
    let small = receive(a, [1])
    receive(a, .init(repeating: 0, count: 5 << 20), asked: 6 << 20)
    let records = journal.records(in: empty..<small + 1).map(\.record)
    #expect(journal.payload(of: records[0]) == [])
    #expect(journal.payload(of: records[1]) == nil)
  }

  @Test func `A reader at the end is woken once by the next record`() async {
    let reader = journal.makeReader()
    #expect(!journal.wake(reader, when: 0) {})
    await confirmation(expectedCount: 1) { woken in
      #expect(journal.wake(reader, when: 1) { woken() })
      receive(add("a"), [1])
      receive(add("b"), [1])
    }
  }

  @Test func `A reader that waits for some records is woken by these alone, and at once if one is there`()
    async
  {
    let (a, b) = (add("a"), add("b"))
    let reader = journal.makeReader()
    receive(a, [1])
    let ends = RecordKinds(where: \.canEndReceiving)
    await confirmation(expectedCount: 1) { woken in
      #expect(journal.wake(reader, when: 0, of: ends, on: a) { woken() })
      receive(a, [1])
      receive(b, [])
      receive(a, [])
      receive(a, [])
    }
    #expect(!journal.wake(reader, when: 0, of: ends, on: a) {})
    #expect(journal.wake(reader, when: journal.extent.records.upperBound, of: ends, on: a) {})
    #expect(journal.wake(reader, when: 0, of: [], on: a) { Issue.record("woken") })
    receive(a, [])
  }

  @Test func `A reader that was forgotten is not woken`() {
    let reader = journal.makeReader()
    #expect(journal.wake(reader, when: 1) { Issue.record("woken") })
    journal.forget(reader)
    receive(add("a"), [1])
  }

  @Test func `Threads append together and nothing is lost or mixed`() async {
    let sockets = (0..<8).map { add("s\($0)") }
    let writer = JournalWriter(limit: 64 << 20, wall: 0)
    let journal = writer.journal
    for index in sockets.indices { _ = writer.add(SocketInfo(name: "s\(index)", kind: .tcp, role: .client)) }
    await withTaskGroup(of: Void.self) { group in
      for socket in sockets {
        group.addTask {
          for value in 0..<5_000 {
            var record = Record(.recv, socket: socket, start: 0, end: Nanoseconds(value))
            record.asked = 10
            record.result = 3
            let bytes = [UInt8(socket.value), UInt8(value & 255), UInt8(value >> 8)]
            _ = bytes.withUnsafeBytes { writer.append(record, payload: $0) }
          }
        }
      }
    }
    #expect(journal.extent.records == 0..<40_001)
    for socket in sockets {
      let records = journal.records(of: socket, in: journal.ranks(of: socket)).map(\.record)
      #expect(records.map { Int($0.end) } == Array(0..<5_000))
      #expect(records.map(\.offset) == (0..<5_000).map { Int64($0 * 3) })
      let payload = journal.payload(of: records[4_321])
      #expect(payload == [UInt8(socket.value), UInt8(4_321 & 255), UInt8(4_321 >> 8)])
    }
  }

  @Test func `Addresses and names are found again`() {
    let a = writer.intern(address: "127.0.0.1:1")
    #expect(writer.intern(address: "127.0.0.1:2") != a)
    #expect(writer.intern(address: "127.0.0.1:1") == a)
    #expect(journal.text(of: a) == "127.0.0.1:1")
    let id = add("client")
    #expect(journal.socket(named: "client") == id)
    #expect(journal.socket(named: "nobody") == nil)
    writer.update(id) { $0.local = "127.0.0.1:9" }
    #expect(journal.socket(id)?.info.local == "127.0.0.1:9")
  }
}
