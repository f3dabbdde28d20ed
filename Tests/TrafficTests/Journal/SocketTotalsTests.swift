import SystemPackage
import Testing

@testable import Traffic

struct SocketTotalsTests {
  private static func record(
    _ kind: Record.Kind, _ result: Int32, _ change: (inout Record) -> Void = { _ in }
  ) -> Record {
    var record = Record(kind, socket: SocketID(0), start: 0, end: 1)
    record.asked = 10
    record.result = result
    change(&record)
    return record
  }

  private static func totals(_ records: [Record]) -> SocketTotals {
    var totals = SocketTotals()
    for var record in records { totals.count(&record) }
    return totals
  }

  @Test(arguments: [
    (record(.recv, 0), SocketTotals.End.endOfStream),
    (record(.recv, -104), .failed(.connectionReset)),
    (record(.recv, -11), nil),
    (record(.recv, -4), nil),
    (record(.recv, 0) { $0.asked = 0 }, nil),
    (record(.recv, 0) { $0.conditions = .datagram }, nil),
    (record(.recv, -111) { $0.conditions = .datagram }, nil),
    (record(.shutdown, 0) { $0.detail = Ending.read.rawValue }, .shutDown),
    (record(.shutdown, 0) { $0.detail = Ending.write.rawValue }, nil),
    (record(.shutdown, -107) { $0.detail = Ending.both.rawValue }, nil),
    (record(.close, 0), .closed),
  ])
  func `The receiving side ends with these and no others`(_ record: Record, _ end: SocketTotals.End?) {
    #expect(Self.totals([record]).receiveEnd == end)
  }

  @Test(arguments: [
    (record(.send, -32), SocketTotals.End.failed(.brokenPipe)),
    (record(.send, -104), .failed(.connectionReset)),
    (record(.send, -90), nil),
    (record(.shutdown, 0) { $0.detail = Ending.write.rawValue }, .shutDown),
    (record(.recv, 0), nil),
    (record(.close, 0), .closed),
  ])
  func `The sending side ends apart from the receiving side`(_ record: Record, _ end: SocketTotals.End?) {
    #expect(Self.totals([record]).sendEnd == end)
  }

  @Test func `Peeked bytes are no progress, and an urgent one has its place in what is sent`() {
    let totals = Self.totals([
      Self.record(.recv, 5) { $0.flags = .peek },
      Self.record(.recv, 1) { $0.flags = .outOfBand },
      Self.record(.recv, 5),
      Self.record(.send, 1) { $0.flags = .outOfBand },
      Self.record(.send, 7),
    ])
    #expect(totals.receives == 3)
    #expect(totals.receivedBytes == 5)
    #expect(totals.sends == 2)
    #expect(totals.sentBytes == 8)
  }
}
