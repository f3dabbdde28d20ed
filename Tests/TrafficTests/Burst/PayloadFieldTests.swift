import Testing

@testable import Traffic

@Suite("A macro that holds a payload")
struct PayloadFieldTests {
  private func sends(_ text: String) throws -> [[UInt8]] {
    try BurstSchedule(Burst(parsing: text)) { _ in Array("file".utf8) }
      .map { if case .send(let bytes) = $0.action { bytes } else { [] } }
  }

  @Test(
    "puts a number beside it that is made of its bytes",
    arguments: [
      (#"%{len8:{"abc"}}"#, "03 61 62 63"),
      (#"%{len16be:{"abc"}}"#, "00 03 61 62 63"),
      (#"%{len16le:{"abc"}}"#, "03 00 61 62 63"),
      (#"%{len24be:{"a"}}"#, "00 00 01 61"), (#"%{len24le:{"a"}}"#, "01 00 00 61"),
      (#"%{len32be:{"a"}}"#, "00 00 00 01 61"), (#"%{len32le:{"a"}}"#, "01 00 00 00 61"),
      (#"%{len64be:{"a"}}"#, "00 00 00 00 00 00 00 01 61"),
      (#"%{len64le:{"a"}}"#, "01 00 00 00 00 00 00 00 61"),
      (#"%{lenvarint:{"a"}}"#, "01 61"), (#"%{len8:{""}}"#, "00"),
      (#"%{lentext:{"hello"}{":"}}+",""#, "35 3a 68 65 6c 6c 6f 2c"),
      (#"%{len16be+2:{"abc"}}"#, "00 05 61 62 63"), (#"%{len8-1:{"abc"}}"#, "02 61 62 63"),
      (#"%{len16be:hex:{"abcdefghijkl"}}"#, "30 30 30 43 61 62 63 64 65 66 67 68 69 6a 6b 6c"),
      (#"%{len16le:hex:{"a"}}"#, "30 31 30 30 61"),
      (#"%{xor8:{<01 02>}}"#, "01 02 03"), (#"%{sum8:{<ff 02>}}"#, "ff 02 01"),
      (#"%{xor8:before:{<01 02>}}"#, "03 01 02"), (#"%{xor8:hex:{<1f>}{"*"}}"#, "1f 2a 31 46"),
      (#"%{xor8:before:{<01 02>}{<aa bb>}}"#, "03 aa bb 01 02"),
      (#"%{crc16:le:{<01 03 00 00 00 0a>}}"#, "01 03 00 00 00 0a c5 cd"),
      (#"%{crc16:{<01 03 00 00 00 0a>}}"#, "01 03 00 00 00 0a cd c5"),
      (#"%{crc32:{"123456789"}}"#, "31 32 33 34 35 36 37 38 39 cb f4 39 26"),
      (#"%{crc32:le:before:{"123456789"}}"#, "26 39 f4 cb 31 32 33 34 35 36 37 38 39"),
      (#"%{crc16:le:hex:{"123456789"}}"#, "31 32 33 34 35 36 37 38 39 33 37 34 42"),
      (#""a%{len8:{"b"}}c""#, "61 01 62 63"), (#"<aa>+%{len8:{@x}}*2"#, "aa 04 66 69 6c 65 04 66 69 6c 65"),
      (#"%{len8:{"a"+"b"*3}}"#, "04 61 62 62 62"),
      // A length over a checksum over bytes, and one over a length.
      (#"%{len8:{%{xor8:{<01 02>}}}}"#, "03 01 02 03"),
      (#"%{len8:{"%{len8:{"a"}}%{len8:{""}}"}}"#, "03 01 61 00"),
      // What stands in the braces is made by itself, and so is what stands between.
      (#"<01 02>+%{len8:{<04>+"%{xor8}%{len}"}}"#, "01 02 03 04 04 32"),
      (#""ab"+%{xor8:{"cd"}{"%{len}"}}"#, "61 62 63 64 30 07"),
      (#""ab%{len8:{"c"}}%{len}""#, "61 62 01 63 34"),
      (#""%{n}"+%{n}"#, "31 31"),
    ])
  func makes(text: String, expected: String) throws {
    #expect(try sends(text) == [Burst(parsing: "<\(expected)>").steps.first.map(bytes) ?? []])
    let burst = try Burst(parsing: text)
    #expect(try Burst(parsing: burst.text) == burst)
    let looked = try BurstSummary(burst, look: { _ in .size(4) })
    let length = Int64(expected.split(separator: " ").count)
    #expect(looked.measure.isExact ? looked.measure.bytes == length : looked.measure.bytes <= length)
  }

  private func bytes(_ step: BurstStep) -> [UInt8] {
    if case .send(.literal(let literal)) = step { literal.bytes } else { [] }
  }

  @Test(
    "tells long lengths in as many bytes as they take",
    arguments: [
      ("%{lenvarint:{zeros(127)}}", [0x7f]), ("%{lenvarint:{zeros(128)}}", [0x80, 1]),
      ("%{lenvarint:{zeros(300)}}", [0xac, 2]), ("%{lenvarint:{zeros(16384)}}", [0x80, 0x80, 1]),
      ("%{len8:{zeros(255)}}", [0xff]), ("%{len16be:{zeros(65535)}}", [0xff, 0xff]),
      ("%{len24be:{zeros(65536)}}", [1, 0, 0]), ("%{lentext:{zeros(1000)}}", Array("1000".utf8)),
    ] as [(String, [UInt8])])
  func longLengths(text: String, number: [UInt8]) throws {
    let sent = try #require(try sends(text).first)
    #expect(Array(sent.prefix { $0 != 0 || number.contains(0) }.prefix(number.count)) == number)
    #expect(try Int64(sent.count) == Burst(parsing: text).summary.measure.bytes)
  }

  @Test(
    "is refused with its column where it is wrong",
    arguments: [
      (#""x" %{len8:{zeros(256)}}"#, 12, "len8 cannot tell a length of 256: it tells 0 to 255"),
      (#""%{len8:{zeros(256)}}""#, 9, "cannot tell a length of 256"),
      ("%{len8+200:{zeros(56)}}", 12, "cannot tell a length of 256"),
      ("%{len8-3:{\"ab\"}}", 10, "cannot tell a length of -1"),
      ("%{len16be:{zeros(64k)}}", 11, "len16be cannot tell a length of 65536: it tells 0 to 65535"),
      ("%{len8:{\"x\"*250+\"%{n}\"}}", 8, "up to 261"),
      ("%{len8:{zeros(300)+@x}}", 8, "cannot tell a length of 300"),
      ("%{len8:{%{len8:{zeros(255)}}}}", 8, "cannot tell a length of 256"),
      ("%{len:{\"a\"}}", 6, "expected } after a macro"),
      ("%{len16:{\"a\"}}", 1, "expected one of len8 len16be len16le len24be"),
      ("%{len8}", 7, "expected : and a payload in braces, as in %{len8:{\"text\"}}"),
      ("%{len8:le:{\"a\"}}", 8, "or hex"), ("%{lentext:hex:{\"a\"}}", 11, "digits already"),
      ("%{crc16:before}", 15, "before needs a payload"),
      ("%{crc16:be:le}", 12, "one of be and le"),
      ("%{crc16:x:{\"a\"}}", 9, "expected be, le or hex"),
      ("%{crc16:{\"a\"}", 14, "expected } after a macro"),
      ("%{crc16:{\"a\"}{}}", 15, "expected a payload"),
      ("%{crc16:{}}", 10, "expected a payload"), ("%{nope}", 1, "unknown macro"),
      ("%n", 1, "expected a payload"),
    ])
  func refuses(text: String, column: Int, message: String) {
    let error = #expect(throws: SyntaxError.self) { try Burst(parsing: text) }
    #expect(error?.column == column, "\(error?.message ?? "")")
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
  }

  @Test("nests as deep as braces do, and no deeper")
  func depth() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "%{len16be:{", count: depth) + "\"a\"" + String(repeating: "}}", count: depth)
    }
    #expect(try sends(nested(32))[0].count == 65)
    let error = #expect(throws: SyntaxError.self) { try Burst(parsing: nested(33)) }
    #expect(error?.message == "payloads nest at most 32 deep")
  }

  @Test("is refused before anything is sent where the size of its file shows that it does not fit")
  func file() throws {
    let burst = try Burst(parsing: #""first" %{len8:{@x}}"#)
    #expect(throws: BurstError.lengthDoesNotFit(256, isExact: true, name: "len8", largest: 255)) {
      try BurstSchedule(burst) { _ in [UInt8](repeating: 0, count: 256) }
    }
  }

  @Test("is made anew in each send, also within one that is the same")
  func anew() throws {
    #expect(
      try sends(#"(%{len8:{"%{n}"+%{xor8:{"ab"}}}})*2"#) == [
        [4, 0x31, 0x61, 0x62, 3], [4, 0x32, 0x61, 0x62, 3],
      ])
  }
}
