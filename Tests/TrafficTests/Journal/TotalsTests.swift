import Testing
@testable import Traffic

@Suite("What records add up to")
struct TotalsTests {
  @Test("A connection to the second address is open though the first refused")
  func secondAddress() {
    let writer = JournalWriter(limit: 4 << 20, wall: 0)
    let journal = writer.journal
    let id = writer.add(SocketInfo(name: "c", kind: .tcp, role: .client))
    var record = Record(.connect, socket: id, start: 0, end: 1)
    record.result = -111
    writer.append(record)
    #expect(journal.socket(id)?.totals.sendEnd != nil)
    record.result = 0
    writer.append(record)
    #expect(journal.socket(id)?.totals.sendEnd == nil && journal.socket(id)?.totals.receiveEnd == nil)
  }

  @Test("A socket that could not be opened has ended")
  func unopened() {
    let writer = JournalWriter(limit: 4 << 20, wall: 0)
    let journal = writer.journal
    let id = writer.add(SocketInfo(name: "c", kind: .tcp, role: .client))
    var record = Record(.mark, socket: id, start: 0, end: 1)
    writer.append(record, text: "a note")
    #expect(journal.socket(id)?.totals.receiveEnd == nil)
    record.conditions = .unopened
    writer.append(record, text: "getaddrinfo")
    #expect(
      journal.socket(id)?.totals.receiveEnd == .unopened && journal.socket(id)?.totals.sendEnd == .unopened)
  }

  @Test("No urgent byte is no end")
  func urgent() {
    let writer = JournalWriter(limit: 4 << 20, wall: 0)
    let journal = writer.journal
    let id = writer.add(SocketInfo(name: "c", kind: .tcp, role: .client))
    var record = Record(.recv, socket: id, start: 0, end: 1)
    (record.asked, record.result, record.flags) = (1, -22, .outOfBand)
    writer.append(record)
    #expect(journal.socket(id)?.totals.receiveEnd == nil)
    record.flags = []
    writer.append(record)
    #expect(journal.socket(id)?.totals.receiveEnd != nil)
  }

  @Test("Bytes of records that are gone are counted as lost, each once")
  func lostBytes() {
    let writer = JournalWriter(limit: 4 << 20, wall: 0)
    let journal = writer.journal
    let id = writer.add(SocketInfo(name: "c", kind: .tcp, role: .client))
    let payload = [UInt8](repeating: 1, count: 64)
    var batch = RecordBatch()
    var (told, read, sent): (Int64, Int64, Int64) = (0, 0, 0)
    var next = 0
    for round in 0..<300_000 {
      var record = Record(.recv, socket: id, start: 0, end: 1)
      (record.asked, record.result) = (64, 64)
      payload.withUnsafeBytes { _ = writer.append(record, payload: $0) }
      sent += 64
      guard round % 100_000 == 99_999 else { continue }
      repeat {
        journal.read(&batch, from: next)
        told += batch.lostBytes
        for index in batch.records.indices { read += Int64(batch.payload(index)?.count ?? 0) }
        next = batch.next
      } while !batch.records.isEmpty
    }
    #expect(journal.extent.records.lowerBound > 0)
    #expect(told > 0 && told + read == sent)
  }
}
