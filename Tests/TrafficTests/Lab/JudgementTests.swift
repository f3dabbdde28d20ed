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
