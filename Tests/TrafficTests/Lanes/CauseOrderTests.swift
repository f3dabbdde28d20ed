import Testing

@testable import Traffic

struct CauseOrderTests {
  private static let (a, b, other) = (SocketID(0), SocketID(1), SocketID(2))

  /// Rows as `send 5`, `recv 5`, `end`, `other`, in the journal's order; a is the sender, b the receiver.
  private static func order(_ rows: [String], releasing: Bool = false) -> [String] {
    var order = CauseOrder()
    var offsets: [Record.Kind: Int64] = [:]
    var shown: [String] = []
    for (place, row) in rows.enumerated() {
      let words = row.split(separator: " ")
      let kind: Record.Kind = words[0] == "send" ? .send : words[0] == "other" ? .mark : .recv
      var record = Record(kind, socket: kind == .send ? a : kind == .mark ? other : b, start: 0, end: 0)
      record.asked = 100
      record.result = words.count > 1 ? Int32(words[1]) ?? 0 : 0
      record.offset = offsets[kind] ?? 0
      offsets[kind, default: 0] += Int64(record.result)
      let peer = record.socket == b ? a : record.socket == a ? b : nil
      order.take(.init(sequence: place, record: record), peer: peer) { shown.append(rows[$0.sequence]) }
    }
    if releasing { order.release { shown.append(rows[$0.sequence]) } }
    #expect(order.isHolding == (shown.count < rows.count))
    return shown
  }

  @Test(arguments: [
    (["send 5", "recv 5", "end"], ["send 5", "recv 5", "end"]),
    (["recv 5", "send 5", "end"], ["send 5", "recv 5", "end"]),
    (["recv 5", "end", "send 5"], ["send 5", "recv 5", "end"]),
    (["recv 5", "other", "send 5"], ["other", "send 5", "recv 5"]),
    (["recv 3", "recv 4", "send 5", "end", "send 2"], ["send 5", "recv 3", "send 2", "recv 4", "end"]),
    (["recv 10", "send 4", "send 6"], ["send 4", "send 6", "recv 10"]),
  ])
  func `A recv stands below the last send that it holds bytes of`(_ rows: [String], _ shown: [String]) {
    #expect(Self.order(rows) == shown)
  }

  @Test func `What is held can be given out, and then nobody waits for that send any more`() {
    #expect(Self.order(["recv 5", "end"]).isEmpty)
    #expect(Self.order(["recv 5", "end"], releasing: true) == ["recv 5", "end"])
    var order = CauseOrder()
    var shown: [Int] = []
    func receive(_ number: Int, _ order: inout CauseOrder) {
      var record = Record(.recv, socket: Self.b, start: 0, end: 0)
      (record.result, record.offset) = (10, Int64(10 * number))
      order.take(.init(sequence: number, record: record), peer: Self.a) { shown.append($0.sequence) }
    }
    receive(0, &order)
    #expect(shown.isEmpty)
    order.release { shown.append($0.sequence) }
    receive(1, &order)
    #expect(shown == [0, 1])
  }

  @Test func `A reader that began late holds nothing for sends that it has not seen`() {
    var order = CauseOrder(isFromStart: false)
    var record = Record(.recv, socket: Self.b, start: 0, end: 0)
    (record.result, record.offset) = (10, 1000)
    var shown: [Int] = []
    order.take(.init(sequence: 1, record: record), peer: Self.a) { shown.append($0.sequence) }
    #expect(shown == [1])
  }
}
