import Testing

@testable import Traffic

/// What `expect` finds in a journal.
@Suite("An expectation")
struct JudgementTests {
  private let writer = JournalWriter(limit: 64 << 20, wall: 0)
  private let socket: SocketID

  init() {
    socket = writer.add(
      SocketInfo(name: "s", kind: .unix, role: .accepted, local: UnixName.text(path: "./a\\b".utf8)))
  }

  private func receive(_ bytes: [UInt8], _ flags: MessageFlags = []) {
    let record = Record.recv(
      socket, from: 0, to: 1, asked: bytes.count, result: Int32(bytes.count), flags: flags, conditions: [])
    bytes.withUnsafeBytes { _ = writer.append(record, payload: $0) }
  }

  private func judge(_ text: String) throws -> Judgement {
    guard case .expect(_, let expectation) = try Command(parsing: "expect s \(text)") else {
      throw NoExpectation()
    }
    return try Judgement.of(expectation, on: socket, in: writer.journal) { _ in Array("file".utf8) }.get()
  }

  private struct NoExpectation: Error {}

  @Test(
    "of data holds for the same bytes, however they were cut",
    arguments: [
      ("\"abcdef\"", true, ""), ("\"ab\" 5ms \"cdef\" shutdown", true, ""),
      ("\"\" \"abcdef\" \"\"", true, ""),
      ("\"abcdef\"/1", true, ""), ("more \"abc\" \"def\"", true, ""),
      ("\"abcdeX\"", false, "6 bytes, the first 5 as wanted"),
      ("\"abc\"", false, "6 bytes, the first 3 as wanted"),
      ("\"abcdefg\"", false, "6 bytes, the first 6 as wanted"),
      ("\"abcdef\" \"g\"", false, "6 bytes, the first 6 as wanted"),
      ("@x", false, "6 bytes, the first 0 as wanted"),
    ])
  func data(burst: String, holds: Bool, got: String) throws {
    receive(Array("abcd".utf8))
    receive(Array("e".utf8), .peek)
    receive(Array("ef".utf8))
    let judgement = try judge("data \(burst)")
    #expect(judgement.holds == holds)
    if !holds { #expect(judgement.verdict.got == got) }
  }

  @Test(
    "of data with … in it holds for any bytes there",
    arguments: [
      (#""ab" …"#, true, "6 bytes, which fit"), (#"… "ef""#, true, "6 bytes, which fit"),
      ("…", true, "6 bytes, which fit"),
      (#""ab" ... "ef""#, true, "6 bytes, which fit"), (#""abc" … "def""#, true, "6 bytes, which fit"),
      (#"… "cd" …"#, true, "6 bytes, which fit"), (#"… "b" "c" 5ms "d" … "e" …"#, true, "6 bytes, which fit"),
      (#""abcdef" …"#, true, "6 bytes, which fit"), (#"… "abcdef""#, true, "6 bytes, which fit"),
      (#""abX" …"#, false, "6 bytes, the first 2 as wanted"),
      (#""abcdefg" …"#, false, "6 bytes, the first 6 as wanted"),
      (#""abcd" … "def""#, false, #"6 bytes, without "def" at their end, behind the first 4"#),
      (#"… "de""#, false, #"6 bytes, without "de" at their end"#),
      (#"… "d" … "c" …"#, false, #"6 bytes, without "c" behind the first 4"#),
      (#"… "x" …"#, false, #"6 bytes, without "x""#),
      (#"… @x …"#, false, #"6 bytes, without @"x""#),
    ])
  func gaps(pieces: String, holds: Bool, got: String) throws {
    receive(Array("abcd".utf8))
    receive(Array("e".utf8), .peek)
    receive(Array("ef".utf8))
    let judgement = try judge("data \(pieces)")
    #expect(judgement.holds == holds)
    let shown = pieces.split(separator: " ").map { $0 == "..." ? "…" : $0 == "@x" ? "@\"x\"" : $0 }
    #expect(judgement.verdict.wanted == shown.joined(separator: " "))
    #expect(judgement.verdict.got == got)
  }

  @Test(
    "of records holds if so many meet the condition",
    arguments: [
      ("3", "event=recv", true, 3), ("1", "flags=peek", true, 1), ("0", "errno=EAGAIN", true, 0),
      ("2..4", "asked<4", false, 1), ("1..2", "data~\"e\" and not flags=peek", true, 1),
    ])
  func records(count: String, condition: String, holds: Bool, got: Int) throws {
    receive(Array("abcde".utf8))
    receive(Array("abcd".utf8), .peek)
    receive(Array("abc".utf8))
    let judgement = try judge("records \(count) where \(condition)")
    #expect(judgement.holds == holds)
    #expect(judgement.verdict.got == "\(got) records")
    #expect(judgement.verdict.wanted == "\(count) records where \(condition)")
  }

  @Test("of data with … finds each piece as early as it can, and the last one at the end")
  func repeats() throws {
    receive(Array("aaa".utf8))
    receive(Array("baab".utf8))
    for (pieces, holds) in [
      (#"… "aa" … "aab""#, true), (#""aaab" … "ab""#, true), (#"… "ab" … "ab""#, true),
      (#"… "ab" … "ab" … "b""#, false), (#"… "aab""#, true), (#""aaabaab" … "b""#, false),
    ] { #expect(try judge("data \(pieces)").holds == holds, "\(pieces)") }
  }

  @Test(
    "of data with a regular expression holds if it fits somewhere",
    arguments: [
      (#"/c.+f/"#, true, "one that ends with byte 6 of 6"),
      (#"/[b-d]{2}/"#, true, "one that ends with byte 3 of 6"),
      (#"/ee/"#, false, "none in 6 bytes"),
    ])
  func regex(text: String, holds: Bool, got: String) throws {
    receive(Array("abcd".utf8))
    receive(Array("e".utf8), .peek)
    receive(Array("ef".utf8))
    let judgement = try judge("data \(text)")
    #expect(judgement.holds == holds)
    #expect(judgement.verdict.wanted == "a match of \(text)")
    #expect(judgement.verdict.got == got)
  }

  @Test(
    "of data is refused with its column where it is wrong",
    arguments: [
      ("expect s data", 14, "or /regex/"), ("expect s data /a", 17, "expected /"),
      ("expect s data /a/ x", 19, ""),
      (#"expect s data "a" … … "b""#, 21, "one … stands for any bytes"),
      (#"expect s data "a"…"#, 18, "expected a space"),
      (#"expect s data …"a""#, 16, "expected a space"),
      (#"expect s data ("a" …)*2"#, 20, "expected a payload"),
      (#"expect s data zeros(2M) …"#, 15, "at most 1048576 bytes"),
      (#"send s "a" …"#, 12, "expected a payload"),
      (#"expect s data … "%{n}""#, 15, "not the same each time"),
    ] as [(String, Int, String)])
  func refuses(line: String, column: Int, message: String) {
    let error = #expect(throws: SyntaxError.self) { try Command(parsing: line) }
    #expect(error?.column == column, "\(error?.message ?? "")")
    #expect(message.isEmpty || error?.message.contains(message) == true, "\(error?.message ?? "")")
  }

  @Test("of data compares payload by payload: neither side is gathered")
  func large() throws {
    for _ in 0..<3 { receive([UInt8](repeating: 0, count: 1 << 20)) }
    let judgement = try judge("data (zeros(1M))*100000")
    #expect(!judgement.holds)
    #expect(judgement.verdict.wanted.hasPrefix("104857600000 bytes: "))
    #expect(judgement.verdict.got == "3145728 bytes, the first 3145728 as wanted")
    #expect(try judge("data (zeros(1M))*3").holds)
  }

  @Test("of records that were dropped is refused, also where many are held")
  func dropped() throws {
    let piece = [UInt8](repeating: 0, count: 64)
    for _ in 0..<3_000 { receive(piece) }
    #expect(try judge("data (zeros(64))*3000").holds)
    #expect(try judge("recv 64 64 …").holds)
    while writer.journal.extent.records.lowerBound == 0 { receive(piece) }
    for text in ["data (zeros(64))*3000", "recv 64 …"] {
      #expect(throws: Judgement.Refusal.self) { try judge(text) }
    }
  }

  @Test("of an address takes a name as it is typed")
  func address() throws {
    #expect(try judge(#"local "./a\\b""#).holds)
    #expect(try !judge(#"local "./a\\\\b""#).holds)
  }
}
