import Fuzzing
import SystemPackage
import Testing

@testable import Traffic

@Suite("An index of messages")
struct MessageIndexTests {
  private static func receive(
    _ writer: JournalWriter, _ socket: SocketID, _ bytes: [UInt8], at time: Nanoseconds
  ) {
    let record = Record.recv(
      socket, from: time, to: time, asked: 1 << 20, result: Int32(bytes.count), flags: [], conditions: [])
    bytes.withUnsafeBytes { _ = writer.append(record, payload: $0) }
  }

  /// A socket that received lines of random lengths, in chunks that know nothing of them.
  private static func journal(
    _ seed: UInt64, records: Int, limit: Int = 64 << 20
  ) -> (JournalWriter, SocketID) {
    var random = SplitMix(state: seed)
    let writer = JournalWriter(limit: limit, wall: 0)
    let socket = writer.add(SocketInfo(name: "server.1", kind: .tcp, role: .accepted))
    writer.update(socket) { $0.receivedFraming = FramingChoice("newline") }
    for number in 0..<records {
      let bytes = (0..<1 + Int(random.next() % 64)).map { _ in
        random.next() % 9 == 0 ? UInt8(ascii: "\n") : UInt8(ascii: "a") + UInt8(random.next() % 26)
      }
      receive(writer, socket, bytes, at: Nanoseconds(number) * 1000)
    }
    return (writer, socket)
  }

  /// An index that has seen everything.
  private static func index(_ journal: Journal, _ socket: SocketID) -> MessageIndex {
    let index = MessageIndex()
    index.look(journal)
    _ = index.standing(of: socket, journal)
    while !index.goOn(journal) {}
    return index
  }

  @Test("It finds what cutting from the first byte finds, by record and by bytes", arguments: 1...4)
  func finds(seed: UInt64) throws {
    let (writer, socket) = Self.journal(seed, records: 6000)
    let journal = writer.journal
    let all = try #require(journal.messages(of: socket)).messages
    let index = Self.index(journal, socket)
    let standing = try #require(index.standing(of: socket, journal))
    #expect(standing.isComplete && standing.follower.count(.received) == all.count)
    let found = journal.records(in: 0..<6001).flatMap {
      index.messages(of: socket, completedBy: $0.sequence, journal)
    }
    #expect(found.map(\.found) == all)
    #expect(found.allSatisfy { index.item(Item.ID($0), journal) == .message($0) })
    var random = SplitMix(state: seed)
    let length = journal.socket(socket)?.totals.receivedBytes ?? 0
    for _ in 0..<300 {
      let start = Int64(random.next() % UInt64(length))
      let range = start..<min(length, start + Int64(random.next() % 2000) + 1)
      let wanted = all.filter { $0.message.range.overlaps(range) }
      let got = index.messages(of: socket, in: range, .received, limit: .max, journal).filter(\.isComplete)
      #expect(got.map(\.found) == wanted)
    }
  }

  @Test("What was evicted is said to be, and what is held is cut as it was before")
  func evicted() throws {
    let (writer, socket) = Self.journal(7, records: 1000, limit: 4 << 20)
    let index = Self.index(writer.journal, socket)
    let before = (500..<600).flatMap { index.messages(of: socket, completedBy: $0, writer.journal) }
    #expect(!before.isEmpty && before.allSatisfy { $0.message.broken == nil })
    // Enough that the payloads of the first records go.
    for number in 0..<600 {
      Self.receive(
        writer, socket, [UInt8](repeating: UInt8(ascii: "x"), count: 16_383) + [10],
        at: 10_000_000 + Nanoseconds(number))
      index.look(writer.journal)
      _ = index.standing(of: socket, writer.journal)
    }
    while !index.goOn(writer.journal) {}
    let next = writer.journal.extent.records.upperBound
    let newest = index.messages(of: socket, completedBy: next - 1, writer.journal)
    #expect(newest.count == 1 && newest.first?.message.broken == nil)
    #expect(newest.first?.message.range.count == 16_384)
    let standing = try #require(index.standing(of: socket, writer.journal))
    #expect(newest.first?.message.number == standing.follower.count(.received))
    // An index that begins now has never seen the first ones.
    let late = Self.index(writer.journal, socket)
    let first = late.messages(of: socket, in: 0..<Int64.max, .received, limit: 1, writer.journal).first
    #expect([.evicted, .midStream].contains(first?.message.broken))
  }

  @Test("Another framing takes the place of the one before, of a listener on all its connections")
  func changes() throws {
    let writer = JournalWriter(wall: 0)
    let listener = writer.add(SocketInfo(name: "server", kind: .tcp, role: .listener))
    let sockets = (1...3).map {
      writer.add(SocketInfo(name: "server.\($0)", kind: .tcp, role: .accepted, parent: listener))
    }
    for socket in sockets { Self.receive(writer, socket, Array("a\nbcd\n".utf8), at: 1000) }
    let index = MessageIndex()
    index.look(writer.journal)
    #expect(!index.isUsed && sockets.allSatisfy { index.standing(of: $0, writer.journal) == nil })
    for (framing, count) in [("newline", 2), ("fixed 2", 3), ("none", nil)] as [(String, Int?)] {
      writer.update(listener) { $0.receivedFraming = FramingChoice(framing) }
      index.look(writer.journal)
      for socket in sockets {
        #expect(index.standing(of: socket, writer.journal)?.follower.count(.received) == count)
        #expect(index.isFramed(socket) == (count != nil))
      }
    }
    let late = writer.add(SocketInfo(name: "server.4", kind: .tcp, role: .accepted, parent: listener))
    writer.update(listener) { $0.receivedFraming = FramingChoice("newline") }
    index.look(writer.journal)
    #expect(index.isFramed(late))
  }

  @Test("A message larger than a block is found by its first, its last and any byte between")
  func large() throws {
    let writer = JournalWriter(wall: 0)
    let socket = writer.add(SocketInfo(name: "server.1", kind: .tcp, role: .accepted))
    writer.update(socket) { $0.receivedFraming = FramingChoice("newline") }
    for number in 0..<300 {
      Self.receive(writer, socket, [UInt8](repeating: 65, count: 10_000), at: Nanoseconds(number) * 10)
    }
    Self.receive(writer, socket, Array("end\nnext".utf8), at: 10_000)
    let index = Self.index(writer.journal, socket)
    for offset: Int64 in [0, 1_234_567, 3_000_003] {
      let found = index.messages(of: socket, in: offset..<offset + 1, .received, limit: 4, writer.journal)
      #expect(found.map(\.message.range) == [0..<3_000_004], "\(offset)")
      #expect(found.first?.found.calls == 1...301)
    }
    let open = index.messages(of: socket, in: 3_000_004..<3_000_005, .received, limit: 4, writer.journal)
    #expect(open.map(\.isComplete) == [false])
  }
}
