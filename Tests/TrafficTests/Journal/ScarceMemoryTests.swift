import Synchronization
import Testing

@testable import Traffic

struct ScarceMemoryTests {
  /// Counts blocks, and gives no more than so many.
  private final class Scarce: Sendable {
    let given = Mutex(0)
    let most: Int

    init(_ most: Int) { self.most = most }

    var memory: BlockMemory {
      BlockMemory(
        allocate: { size in
          let isThere = self.given.withLock { given in
            if given == self.most { return false }
            given += 1
            return true
          }
          return isThere ? .allocate(byteCount: size, alignment: 16) : nil
        },
        free: { block in
          self.given.withLock { $0 -= 1 }
          block.deallocate()
        })
    }
  }

  @Test func `Where the system has no more memory the journal goes on with less`() {
    let scarce = Scarce(40)
    let writer = JournalWriter(limit: 256 << 20, wall: 0, memory: scarce.memory)
    let journal = writer.journal
    let socket = writer.add(SocketInfo(name: "a", kind: .tcp, role: .client))
    let bytes = [UInt8](repeating: 7, count: 64 << 10)
    for _ in 0..<4_000 {
      let record = Record.recv(
        socket, from: 0, to: 1, asked: bytes.count, result: Int32(bytes.count), flags: [], conditions: [])
      bytes.withUnsafeBytes { _ = writer.append(record, payload: $0) }
    }
    let extent = journal.extent
    #expect(extent.limit < 40 << 20)
    #expect(extent.memory <= extent.limit)
    #expect(scarce.given.withLock { $0 } < 40, "others find some, too")
    #expect(journal.socket(socket)?.totals.receives == 4_000)
    let last = journal.records(in: extent.records.upperBound - 1..<extent.records.upperBound)[0].record
    #expect(journal.payload(of: last) == bytes)
  }
}
