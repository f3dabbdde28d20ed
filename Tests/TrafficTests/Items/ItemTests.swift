import Testing
@testable import Traffic

@Suite("Items stand in one order and know their bytes")
struct ItemTests {
  private static func record(
    _ kind: Record.Kind, result: Int32, _ flags: MessageFlags = []
  ) -> Record {
    var record = Record(kind, socket: SocketID(3), start: 5, end: 9)
    (record.result, record.flags) = (result, flags)
    return record
  }

  @Test(
    "Its bytes are those in the stream, and an event has none",
    arguments: [
      (.recv, 10, [], 0..<10), (.recv, 0, [], 0..<0), (.recv, -11, [], 0..<0), (.recv, 10, .peek, 0..<10),
      (.recv, 1, .outOfBand, 0..<0), (.send, 7, [], 0..<7), (.send, 1, .outOfBand, 0..<1),
      (.close, 0, [], nil), (.wait, 1, [], nil),
    ] as [(Record.Kind, Int32, MessageFlags, Range<Int64>?)])
  func stretch(kind: Record.Kind, result: Int32, flags: MessageFlags, range: Range<Int64>?) {
    let item = Item.record(Self.record(kind, result: result, flags), sequence: 4)
    #expect(item.stretch?.range == range)
    #expect(item.stretch.map(\.direction) == Direction(kind))
    #expect(item.socket == SocketID(3) && item.time == 9)
  }

  @Test("The order is the journal's, and an item is found by its place while it is held")
  func order() throws {
    let writer = JournalWriter(limit: 4 << 20, wall: 0)
    let journal = writer.journal
    let socket = writer.add(SocketInfo(name: "client", kind: .tcp, role: .client))
    let sequence = writer.append(Record(.connect, socket: socket, start: 1, end: 2))
    let item = try #require(MessageIndex().item(Item.ID(record: sequence), journal))
    #expect(item.id == Item.ID(record: sequence) && item.socket == socket)
    #expect(Item.ID.first < item.id)
    #expect(MessageIndex().item(Item.ID(record: sequence + 1), journal) == nil)
  }
}
