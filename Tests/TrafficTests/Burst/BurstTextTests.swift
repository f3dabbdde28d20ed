import Testing

@testable import Traffic

@Suite struct BurstTextTests {
  @Test(
    "a burst prints in its shortest usual form",
    arguments: [
      (#""12345"  100ms   "a"*50 0x0d0a"#, #""12345" 100ms "a"*50 "\r\n""#),
      ("<de ad be ef>", "0xdeadbeef"),
      (#""\x41\u{e9}\u{202e}\x1b""#, #""Aé\u{202e}\e""#),
      ("\"ab\\xff\"", #""ab\xff""#),
      (#""{\"a\": \"é\\\"}"*2"#, #"'{"a": "é\"}'*2"#),
      (#"'plain' 'a"b'+'%{n}'"#, #""plain" 'a"b'+'%{n}'"#),
      (#""it's \"x\"" "\"\n\"" "\"\u{202e}" "\"\xff\"""#, #""it's \"x\"" "\"\n\"" "\"\u{202e}" "\"\xff\"""#),
      (#""\"%{n}\"""#, #""\"%{n}\"""#),
      ("1500ms 90s 120s 1000us", "1.5s 90s 2m 1ms"),
      (#"("a"  )*3 every 1000us"#, #"("a")*3 every 1ms"#),
      ("(cork)*1", "(cork)"),
      ("@file/1 @f /1", #"@"file/1" @"f"/1"#),
      (#"{{"a"+"b"}}+"c""#, #"{"a"+"b"}+"c""#),
    ])
  func prints(text: String, expected: String) throws {
    #expect(try Burst(parsing: text).text == expected)
  }

  @Test("what is printed reads as the same burst", arguments: UInt64(0)..<20)
  func survives(seed: UInt64) throws {
    var generator = BurstGenerator(seed: seed)
    for _ in 0..<100 {
      let burst = generator.burst()
      #expect(try Burst(parsing: burst.text) == burst, "\(burst.text)")
    }
  }

  @Test("no byte of a literal prints as a control or invisible character")
  func printsVisibly() {
    for byte in UInt8.min...UInt8.max {
      let text = Payload.bytes([byte]).text + Payload.bytes(Array("abc".utf8) + [byte]).text
      #expect(text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f })
    }
  }
}
