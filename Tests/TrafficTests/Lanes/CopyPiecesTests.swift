import Testing
@testable import Traffic

@Suite("Bytes taken out of the journal")
struct CopyPiecesTests {
  /// Chunks of 1, 2, 3 … bytes that count on, with calls between them that brought nothing.
  private static func journal(chunks: Int, emptyCalls: Int = 0) -> (journal: Journal, socket: SocketID) {
    let writer = JournalWriter(wall: 0)
    let journal = writer.journal
    let socket = writer.add(SocketInfo(name: "server.1", kind: .tcp, role: .accepted))
    var next = 0
    for length in 1...chunks {
      let bytes = (next..<next + length).map { UInt8(truncatingIfNeeded: $0) }
      next += length
      append(journal, socket, bytes)
      for _ in 0..<emptyCalls {
        var record = Record(.recv, socket: socket, start: 0, end: 0)
        record.result = -11
        writer.append(record)
      }
    }
    return (journal, socket)
  }

  private static func append(_ journal: Journal, _ socket: SocketID, _ bytes: [UInt8]) {
    var record = Record(.recv, socket: socket, start: 0, end: 0)
    record.result = Int32(bytes.count)
    bytes.withUnsafeBytes { _ = JournalWriter(to: journal).append(record, payload: $0) }
  }

  private static func all(_ source: CopySource, _ journal: Journal, limit: Int) -> (
    bytes: [UInt8], missing: Int64
  ) {
    var pieces = source.pieces(journal)
    var bytes: [UInt8] = []
    while let piece = pieces.next(limit: limit) {
      #expect(!piece.isEmpty && piece.count <= limit)
      bytes += piece
    }
    return (bytes, pieces.missing)
  }

  @Test("A range across chunks comes whole, in pieces of any size", arguments: [1, 3, 7, 64, 100_000])
  func range(limit: Int) {
    let (journal, socket) = Self.journal(chunks: 300, emptyCalls: 2)
    let range = Int64(17)..<Int64(40_000)
    let got = Self.all(.stream(socket, .received, range), journal, limit: limit)
    #expect(got.bytes == range.map { UInt8(truncatingIfNeeded: $0) })
    #expect(got.missing == 0)
  }

  @Test("A record's bytes come whole though they are not of the stream")
  func record() throws {
    let (journal, socket) = Self.journal(chunks: 2)
    var peek = Record(.recv, socket: socket, start: 0, end: 0)
    (peek.result, peek.flags) = (3, .peek)
    let sequence = [UInt8]([1, 2, 3]).withUnsafeBytes { JournalWriter(to: journal).append(peek, payload: $0) }
    let record = try #require(journal.records(in: sequence..<sequence + 1).first?.record)
    #expect(Self.all(.record(record), journal, limit: 2).bytes == [1, 2, 3])
  }

  @Test("What is no longer held is counted and left out, and nothing stands in for it")
  func evicted() {
    let writer = JournalWriter(limit: 4 << 20, wall: 0)
    let journal = writer.journal
    let socket = writer.add(SocketInfo(name: "server.1", kind: .tcp, role: .accepted))
    for value in 0..<96 { Self.append(journal, socket, [UInt8](repeating: UInt8(value), count: 64 << 10)) }
    let length = journal.socket(socket)?.totals.receivedBytes ?? 0
    let got = Self.all(.stream(socket, .received, 0..<length), journal, limit: CopyPieces.size)
    #expect(got.missing > 0)
    #expect(Int64(got.bytes.count) + got.missing == length)
    #expect(got.bytes.last == 95)
    #expect(got.bytes.first == UInt8(got.missing >> 16))
  }

  @Test("Chunks before an offset are found as a walk finds them", arguments: [0, 1, 200])
  func before(emptyCalls: Int) throws {
    let (journal, socket) = Self.journal(chunks: 40, emptyCalls: emptyCalls)
    let stream = ByteStream(journal, socket: socket, direction: .received)
    let walked = stream.chunks(in: 0..<stream.length, limit: .max)
    #expect(walked.map { $0.range.count } == Array(1...40))
    for offset in [Int64(0), 1, 5, 6, 7, 400, stream.length, .max] {
      for limit in [1, 4, 100] {
        let wanted = walked.filter { $0.range.lowerBound < offset }.suffix(limit)
        #expect(stream.chunks(before: offset, limit: limit) == Array(wanted))
      }
    }
  }

  @Test("A part of a payload is what was asked for, cut where the payload ends")
  func part() throws {
    let (journal, socket) = Self.journal(chunks: 4)
    let chunk = try #require(ByteStream(journal, socket: socket, direction: .received).chunk(at: 6))
    #expect(journal.payload(of: chunk.record, in: 1..<3) == [7, 8])
    #expect(journal.payload(of: chunk.record, in: 2..<99) == [8, 9])
    #expect(journal.payload(of: chunk.record, in: 50..<99) == [])
  }
}
