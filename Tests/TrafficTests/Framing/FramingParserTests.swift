import Testing

@testable import Traffic

@Suite struct FramingParserTests {
  @Test(
    "a framing prints in its shortest usual form, which reads as the same",
    arguments: [
      ("none", "none"), ("fixed  4096", "fixed 4k"), ("newline", "newline"), ("crlf", "crlf"), ("nul", "nul"),
      (#"delimiter "\n""#, "newline"), ("delimiter <0d 0a>", "crlf"),
      (#"delimiter "END"+0x0a"#, #"delimiter "END\n""#),
      (#"delimiter "-"*4"#, #"delimiter "----""#), ("delimiter 0xdeadbeef", "delimiter 0xdeadbeef"),
      ("length:u8", "length:u8"), ("length:u16be@4+6", "length:u16be@4+6"),
      ("length:u32le-4 max 1024", "length:u32le-4 max 1k"),
      ("length:u16be@0", "length:u16be"), ("length:u16be+0", "length:u16be+0"),
      ("length:text+1", "length:text+1"),
      ("varint", "varint"), ("varint@1 max 256M", "varint@1 max 256M"), ("slip", "slip"), ("cobs", "cobs"),
      ("gap 1500us", "gap 1.5ms"), ("json", "json"), ("http", "http"), ("tls", "tls"),
      ("websocket", "websocket"),
      ("resp", "resp"), ("modbus", "modbus"), ("mqtt", "mqtt"), ("  json  # a comment", "json"),
    ])
  func prints(text: String, expected: String) throws {
    let framing = try Framing(parsing: text)
    #expect(framing.text == expected)
    #expect(try Framing(parsing: framing.text) == framing)
  }

  @Test("every first word is read, and every length")
  func words() throws {
    let more = ["fixed": " 4", "delimiter": " 'x'", "length": ":u8", "gap": " 1ms"]
    for word in Framing.words { _ = try Framing(parsing: word + (more[word] ?? "")) }
    for number in LengthPrefix.Number.allCases {
      #expect(try Framing(parsing: "length:\(number.rawValue)") == .length(LengthPrefix(number)))
    }
  }

  @Test(
    "a mistake is shown where it is, with what was expected",
    arguments: [
      (
        "", 1,
        "expected none, fixed, newline, crlf, nul, delimiter, length:u16be, varint, slip, cobs, gap, json, "
          + "http, tls, websocket, resp, modbus, mqtt"
      ),
      ("newlin", 1, "unknown framing newlin; did you mean newline?"),
      ("htp", 1, "unknown framing htp; did you mean http?"),
      ("fixed", 6, "expected a size such as 10, 4k or 1M"),
      ("fixed 0", 7, "0 is too small: a size is at least 1"),
      ("fixed x", 7, "expected a size such as 10, 4k or 1M"), ("fixed:4", 6, "expected a space after fixed"),
      ("delimiter", 10, #"expected a payload, such as "text", 'raw text', 0x0d0a, @file, zeros(10)"#),
      (#"delimiter """#, 11, "an empty delimiter is everywhere: expected a byte"),
      (#"delimiter "a"*1G"#, 11, "a delimiter of 1073741824 bytes is too long: it has at most 256"),
      ("delimiter random(4)", 11, #"a delimiter is the same each time: expected "text" or 0x0d0a"#),
      ("delimiter @file", 11, #"a delimiter is the same each time: expected "text" or 0x0d0a"#),
      ("length", 7, "expected : and how the length is written, as in length:u16be"),
      ("length:", 8, "expected u8, u16be, u16le, u24be, u32be, u32le, u64be, u64le, text"),
      ("length:u16", 8, "u16 has two orders: the highest byte first is u16be, the lowest first u16le"),
      ("length:u16me", 8, "unknown length u16me; did you mean u16be?"),
      ("length:u16be@", 14, "expected an offset such as 10, 4k or 1M"),
      ("length:u16be@70000", 14, "70000 is too large: an offset is at most 65535"),
      ("length:u16be+x", 14, "expected a number of bytes such as 10, 4k or 1M"),
      ("length:u16be max", 17, "expected a maximum such as 10, 4k or 1M"),
      ("length:u16be more", 14, "expected nothing after the framing"),
      ("varint+2", 7, "expected a space here"),
      ("gap 5", 5, "5 has no unit: write 5ms, 5us or 5s"),
      ("gap 0ms", 5, "0ms is too short: expected a time above 0"),
      ("json http", 6, "expected nothing after the framing"),
    ])
  func mistakes(text: String, column: Int, message: String) {
    let error = #expect(throws: SyntaxError.self) { try Framing(parsing: text) }
    #expect(error?.column == column)
    #expect(error?.message == message)
  }
}
