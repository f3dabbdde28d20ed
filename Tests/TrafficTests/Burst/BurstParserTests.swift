import Testing

@testable import Traffic

@Suite struct BurstParserTests {
  @Test(
    "every form of a burst reads as the contract says",
    arguments: [
      (#""12345""#, [.send(.bytes(Array("12345".utf8)))]),
      (#""""#, [.send(.bytes([]))]),
      (#""text\r\n\x00\u{e9}""#, [.send(.bytes(Array("text\r\n\0é".utf8)))]),
      (#""\0\a\b\e\f\n\r\t\v\\\"""#, [.send(.bytes([0, 7, 8, 27, 12, 10, 13, 9, 11, 92, 34]))]),
      (#""\xff\xFe""#, [.send(.bytes([0xff, 0xfe]))]),
      (#"'raw {"json": "text"}'"#, [.send(.bytes(Array(#"raw {"json": "text"}"#.utf8)))]),
      (#"'\n %{n} # "é'"#, [.send(.bytes(Array(#"\n %{n} # "é"#.utf8)))]),
      ("''", [.send(.bytes([]))]),
      ("{'a'+'b'*2}/1", [.split(.joined([.bytes([97]), .copies(.bytes([98]), 2)]), size: 1, gap: nil)]),
      (
        "('a')*2 oob 'b' # c",
        [.group([.send(.bytes([97]))], count: 2, period: nil), .flagged(.bytes([98]), .outOfBand)]
      ),
      ("0xdeadBEEF", [.send(.bytes([0xde, 0xad, 0xbe, 0xef]))]),
      ("<de ad be ef>", [.send(.bytes([0xde, 0xad, 0xbe, 0xef]))]),
      ("< dead  beef >", [.send(.bytes([0xde, 0xad, 0xbe, 0xef]))]),
      ("@data.bin", [.send(.file("data.bin"))]),
      ("@a/b*2", [.send(.copies(.file("a/b"), 2))]),
      (#"@"my file""#, [.send(.file("my file"))]),
      ("zeros(4k)", [.send(.zeros(4096))]),
      ("count(300)", [.send(.counting(300))]),
      ("random(10)", [.send(.random(10, seed: nil))]),
      ("random( 10 , 7 )", [.send(.random(10, seed: 7))]),
      (#""a"*50"#, [.send(.copies(.bytes([97]), 50))]),
      (#""a" * 2 * 3"#, [.send(.copies(.copies(.bytes([97]), 2), 3))]),
      (#""a"+0x62*2"#, [.send(.joined([.bytes([97]), .copies(.bytes([98]), 2)]))]),
      (#"{"a"+"b"}*3"#, [.send(.copies(.joined([.bytes([97]), .bytes([98])]), 3))]),
      (#""a"*50/10"#, [.split(.copies(.bytes([97]), 50), size: 10, gap: nil)]),
      (#""a"/10 gap 2ms"#, [.split(.bytes([97]), size: 10, gap: 2_000_000)]),
      (
        "100ms 1.5s 250us 2m 1h 3ns 5µs",
        [
          .pause(100_000_000), .pause(1_500_000_000), .pause(250_000), .pause(120_000_000_000),
          .pause(3_600_000_000_000), .pause(3), .pause(5000),
        ]
      ),
      ("at 250ms cork", [.at(250_000_000), .cork]),
      (#"("a" 10ms)*3"#, [.group([.send(.bytes([97])), .pause(10_000_000)], count: 3, period: nil)]),
      (#"("a")*3 every 10ms"#, [.group([.send(.bytes([97]))], count: 3, period: 10_000_000)]),
      (
        #"( "a" (cork)*2 )"#,
        [
          .group([.send(.bytes([97])), .group([.cork], count: 2, period: nil)], count: 1, period: nil)
        ]
      ),
      (
        #"oob "!" cork uncork shutdown reset"#,
        [
          .flagged(.bytes([33]), .outOfBand), .cork, .uncork, .shutdown, .reset,
        ]
      ),
      ("close # the end", [.close]),
      (#""100%\%{n} %%{n}""#, [.send(.template([.bytes(Array("100%%{n} %".utf8)), .macro(.number)]))]),
      (#""\%{n}""#, [.send(.bytes(Array("%{n}".utf8)))]),
      (
        #""%{time}%{rand:4k}%{len}%{crc16}%{crc32:le}%{sum8:hex}%{xor8:be}""#,
        [
          .send(
            .template(
              [
                .time, .random(4096), .length, .checksum(.crc16, .bigEndian),
                .checksum(.crc32, .littleEndian),
                .checksum(.sum8, .hex), .checksum(.xor8, .bigEndian),
              ].map { .macro($0) }))
        ]
      ),
    ] as [(String, [BurstStep])])
  func reads(text: String, steps: [BurstStep]) throws {
    #expect(try Burst(parsing: text) == Burst(steps: steps))
  }

  @Test(
    "a mistake is refused with its column and what was expected",
    arguments: [
      ("", 1, "expected a step"),
      ("\"abc", 5, "not closed"),
      (#""a\q""#, 3, "unknown escape \\q: expected"),
      (#""\é""#, 2, "unknown escape \\é"),
      (#""\x4""#, 5, "two hex digits"),
      (#""\101""#, 2, "octal"),
      (#""\012""#, 2, "octal"),
      (#""\u{d800}""#, 5, "no Unicode scalar"),
      (#""\u{1234567}""#, 11, "expected }"),
      (#""\u41""#, 4, "expected {"),
      ("\"a\\", 4, "expected an escape"),
      ("'abc", 5, "the raw string is not closed: expected '"),
      ("'", 2, "not closed"),
      ("'it's'", 5, "a raw string ends at the next ': a text that has one is written in \"\""),
      ("'a''b'", 4, "ends at the next '"),
      ("'a'\"b\"", 4, "ends at the next '"),
      ("'a'-", 4, "expected a space before"),
      ("\"a\"'b'", 4, "expected a space before"),
      ("0xabc", 6, "odd number"),
      ("0x", 3, "expected hex digits"),
      ("0xag", 4, "expected a hex digit"),
      ("<de a>", 6, "odd number"),
      ("<de ad", 7, "expected hex digits or >"),
      ("<>", 2, "expected hex digits"),
      ("\"a\" 100", 5, "100 has no unit: write 100ms"),
      ("100 ms", 1, "100 has no unit"),
      ("100mss", 4, "unknown unit mss"),
      ("1.2.3s", 4, "one decimal point"),
      ("1.s", 3, "digit after the decimal point"),
      ("0.5ns", 3, "finer than a nanosecond"),
      ("99999999999999999999999s", 1, "too long"),
      ("1001h", 1, "too long"),
      ("(999h)*2", 8, "the burst lasts too long"),
      ("\"a\"*0", 5, "at least 1"),
      ("\"a\"*1000000000000", 5, "too large"),
      ("\"a\"*99999999999999999999999999", 5, "too large"),
      ("\"aa\"*2147483647", 6, "at most 2147483647"),
      ("zeros(2147483647)+\"a\"", 19, "at most 2147483647"),
      ("zeros(0)", 7, "at least 1"),
      ("zeros(3G)", 7, "too large"),
      ("zeros(8000000000000G)", 7, "too large"),
      ("zeros(10", 9, "expected )"),
      ("zeros 10", 6, "expected ( after zeros"),
      ("random(10,)", 11, "expected a seed"),
      ("random(10, -1)", 12, "expected a seed"),
      ("\"a\"/0", 5, "at least 1"),
      ("\"a\"/", 5, "expected a size"),
      ("\"a\"/5 gap", 10, "expected a duration"),
      ("\"a\"/5 gap 0ms", 11, "above 0"),
      ("\"a\")", 4, "unexpected )"),
      ("(\"a\"", 5, "expected )"),
      ("()", 2, "expected a step"),
      ("(\"a\")*", 7, "expected a count"),
      ("(\"a\")*2 every", 14, "expected a duration"),
      ("(\"a\" 20ms)*2 every 10ms", 20, "longer than its period"),
      ("((((\"a\")*2147483647)*2147483647)*2147483647)", 22, "too many sends"),
      ("every 10ms", 1, "every belongs behind a group"),
      ("100ms at 50ms", 7, "has passed"),
      ("close \"a\"", 7, "nothing can follow"),
      ("(\"a\" reset)*2", 13, "nothing can follow"),
      ("\"a\"\"b\"", 4, "expected a space"),
      ("(\"a\")+\"b\"", 6, "write {"),
      ("{\"a\"", 5, "expected + or }"),
      ("{\"a\" \"b\"}", 6, "expected + or }"),
      ("hello", 1, "unknown step hello"),
      ("\"a\" ; \"b\"", 5, "expected a payload"),
      ("@", 2, "expected a file's name"),
      ("at", 3, "expected a duration"),
      ("oob", 4, "expected a payload"),
      ("\"a\"+", 5, "expected a payload"),
      ("\"a%{m}\"", 3, "unknown macro: expected %{n}"),
      ("\"a%{}\"", 3, "unknown macro"),
      ("\"a%{crc8:le}\"", 3, "unknown macro"),
      ("\"a%{n", 6, "expected }"),
      ("\"a%{n:3}\"", 6, "expected } after a macro"),
      ("\"%{rand}\"", 8, "expected : and a number"),
      ("\"%{rand:0}\"", 9, "at least 1"),
      ("\"%{rand:x}\"", 9, "expected a number of letters"),
      ("\"%{crc16:text}\"", 10, "expected be, le or hex"),
      ("\"%{rand:2147483647}%{n}\"", 1, "at most 2147483647"),
      ("\"a\" within", 11, "expected a duration"),
      ("\"a\" within 1ms \"b\"", 16, "expected nothing after within"),
      ("within 1ms", 1, "within belongs at the end"),
      ("(\"a\" within 1ms)", 6, "within belongs at the end"),
    ] as [(String, Int, String)])
  func refuses(text: String, column: Int, message: String) {
    let error = #expect(throws: SyntaxError.self) { try Burst(parsing: text) }
    #expect(error?.line == 1)
    #expect(error?.column == column)
    #expect(error?.source == text)
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
  }

  @Test("a burst ends with how late it may be")
  func readsTolerance() throws {
    let burst = try Burst(parsing: "\"a\" within 1.5ms # strict")
    #expect(burst == Burst(steps: [.send(.bytes([97]))], tolerance: 1_500_000))
    #expect(burst.text == "\"a\" within 1.5ms")
  }

  @Test("a burst over several lines tells the line of a mistake")
  func tellsLine() {
    let error = #expect(throws: SyntaxError.self) {
      try Burst(parsing: "\"a\" # first\n  100ms\n  0xabc", line: 7)
    }
    #expect(error?.line == 9)
    #expect(error?.column == 8)
    #expect(error?.source == "  0xabc")
  }

  @Test("a raw string ends on its line")
  func endsRaw() {
    let error = #expect(throws: SyntaxError.self) { try Burst(parsing: "'a\nb'") }
    #expect(error?.line == 1 && error?.column == 3)
    #expect(error?.message == "the raw string is not closed: expected ' before the end of the line")
  }

  @Test("groups, braces and chains of * nest only so deep", arguments: ["(", "{", "\"a\"*1"])
  func limitsDepth(opening: String) {
    let text =
      opening.hasPrefix("\"")
      ? "\"a\"" + String(repeating: "*1", count: 100_000) : String(repeating: opening, count: 100_000)
    let error = #expect(throws: SyntaxError.self) { try Burst(parsing: text) }
    #expect(error?.message.contains("at most 32 deep") == true)
  }
}

extension NumberForm {
  fileprivate static let bigEndian = NumberForm()
  fileprivate static let littleEndian = NumberForm(isLittleEndian: true)
  fileprivate static let hex = NumberForm(isHex: true)
}
