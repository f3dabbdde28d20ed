import Testing
@testable import Traffic

@Suite("A stream is searched")
struct StreamSearchTests {
  /// A socket that received chunks; `memory` decides how many are still held.
  private static func stream(_ chunks: [String], memory: Int = 4 << 20) -> ByteStream {
    let writer = JournalWriter(limit: memory, wall: 0)
    let journal = writer.journal
    let socket = writer.add(SocketInfo(name: "c", kind: .tcp, role: .client))
    for chunk in chunks {
      var record = Record(.recv, socket: socket, start: 0, end: 1)
      record.asked = 4096
      record.result = Int32(chunk.utf8.count)
      Array(chunk.utf8).withUnsafeBytes { _ = writer.append(record, payload: $0) }
    }
    return ByteStream(journal, socket: socket, direction: .received)
  }

  private static func all(_ stream: ByteStream, _ pattern: Pattern, from start: Int64 = 0, reach: Int64)
    -> [Int64]
  {
    var matches: [Int64] = []
    var from = start
    while true {
      var search = StreamSearch(stream, for: pattern, from: from)
      var finding = search.find(reach: reach)
      while finding == .notYet { finding = search.find(reach: reach) }
      guard case .match(let range) = finding else { return matches }
      matches.append(range.lowerBound)
      from = range.lowerBound + 1
    }
  }

  @Test(
    "Every match is found, wherever the chunks are cut and however little is searched at a time",
    arguments: [
      ("\"ab\"", [0, 3, 6, 9]), ("\"cab\"", [2, 5, 8]), ("0x63", [2, 5, 8, 11]), ("\"abcabcabcabc\"", [0]),
      ("\"x\"", []), ("/ca/", [2, 5, 8]), ("\"a\"", [0, 3, 6, 9]),
    ] as [(String, [Int64])])
  func matches(text: String, offsets: [Int64]) throws {
    let pattern = try Pattern(parsing: text)
    let whole = "abcabcabcabc"
    for size in 1...12 {
      let chunks = stride(from: 0, to: 12, by: size).map { String(whole.dropFirst($0).prefix(size)) }
      for reach in [1, 3, 100] as [Int64] {
        #expect(Self.all(Self.stream(chunks), pattern, reach: reach) == offsets, "chunks of \(size)")
      }
    }
  }

  @Test(
    "A regular expression's match is told whole, wherever the chunks are cut",
    arguments: [
      ("/hello \\d/", 14..<21), ("/l+o/", 16..<19), ("/a{3,}/", 5..<8), ("/(12345|xyz)/", 0..<5),
      ("/z/", 24..<25),
      ("/5.*h/", 4..<15), ("/x|yz/", 22..<23),
    ] as [(String, Range<Int64>)])
  func wholeMatch(text: String, range: Range<Int64>) throws {
    let whole = "12345aaaaaaaa hello 1 xyz"
    for size in [1, 2, 7, 25] {
      let chunks = stride(from: 0, to: whole.count, by: size).map { String(whole.dropFirst($0).prefix(size)) }
      var search = StreamSearch(Self.stream(chunks), for: try Pattern(parsing: text), from: 0)
      #expect(search.find(reach: 100) == .match(range), "chunks of \(size)")
    }
  }

  @Test("What is no longer held matches nothing, and nothing is joined over it")
  func evicted() throws {
    let writer = JournalWriter(limit: 4 << 20, wall: 0)
    let journal = writer.journal
    let socket = writer.add(SocketInfo(name: "c", kind: .tcp, role: .client))
    let filler = [UInt8](repeating: UInt8(ascii: "-"), count: 1 << 16)
    for number in 0..<400 {
      var record = Record(.recv, socket: socket, start: 0, end: 1)
      record.asked = 1 << 16
      record.result = 1 << 16
      var bytes = filler
      if number == 0 || number == 399 { bytes.replaceSubrange(100..<103, with: Array("abc".utf8)) }
      bytes.withUnsafeBytes { _ = writer.append(record, payload: $0) }
    }
    let stream = ByteStream(journal, socket: socket, direction: .received)
    #expect(journal.extent.evictedBytes > 0)
    #expect(Self.all(stream, try Pattern(parsing: "\"abc\""), reach: 1 << 20) == [399 << 16 + 100])
  }

  @Test(
    "A pattern is a pattern and nothing more",
    arguments: ["", "abc", "\"a\" send", "0x1", "//", "bytes", "\"\""])
  func refused(text: String) { #expect(throws: SyntaxError.self) { try Pattern(parsing: text) } }
}
