import Fuzzing
import Testing

@testable import Traffic

@Suite("A message that somebody has edited")
struct EditedMessageTests {
  private static func bytes(_ text: String) throws -> [[UInt8]] {
    var builder = try PayloadBuilder([], seed: 0) { _ in [] }
    return try Burst(parsing: text).steps.map { step in
      guard case .send(let payload) = step else { return [] }
      return builder.nextSend(payload, time: 0)
    }
  }

  @Test(
    "its length follows, in as many bytes as it takes, and the sends stay as they were cut",
    arguments: [
      ("length:u16be", "0x0003+\"longer\"", "0x0006+\"longer\""),
      ("length:u16be", "0x00 0x03 \"long\" \"er\"", "0x00 0x06 \"long\" \"er\""),
      ("length:u32le@4+8", "\"HEAD\"+<03 00 00 00>+\"longer\"", "\"HEAD\"+<06 00 00 00>+\"longer\""),
      ("length:u8+0", "<09>+\"abc\"", "<04>+\"abc\""),
      ("length:text", "\"3:longer text\"", "\"11:longer text\""),
      ("length:text", "\"3:lon\" \"ger text\"", "\"11:lon\" \"ger text\""),
      ("varint", "<03>+\"x\"*200", "<c8 01>+\"x\"*200"), ("varint", "<c8 01>+\"x\"", "<01>+\"x\""),
      ("modbus", "<00 01 00 00 00 06 01 03 02 00 07>", "<00 01 00 00 00 05 01 03 02 00 07>"),
      ("tls", "<17 03 03 00 00>+\"abc\"", "<17 03 03 00 03>+\"abc\""),
      ("mqtt", "<30 00 00 01>+\"a\"+\"x\"*200", "<30 cb 01 00 01>+\"a\"+\"x\"*200"),
      ("websocket", "<81 05>+\"x\"*126", "<81 7e 00 7e>+\"x\"*126"),
      ("websocket", "<81 fe 01 2c 01 02 03 04>+\"ab\"", "<81 82 01 02 03 04>+\"ab\""),
      ("http", "<81 05>+\"abc\"", "<81 03>+\"abc\""),
      (
        "http", "\"POST / HTTP/1.1\\r\\ncontent-length: 3\\r\\nHost: x\\r\\n\\r\\nlonger\"",
        "\"POST / HTTP/1.1\\r\\ncontent-length: 6\\r\\nHost: x\\r\\n\\r\\nlonger\""
      ),
      ("http", "\"HTTP/1.1 200 OK\\r\\nContent-Length: 5\\r\\n\\r\\n\"", nil),
      ("newline", "\"another\\n\"", nil), ("json", "'{\"a\":12}'", nil), ("json", "\"12\"", nil),
      ("resp", "\"$3\\r\\nabc\\r\\n\"", nil), ("fixed 4", "\"abcd\"", nil), ("slip", "<01 c0>", nil),
      ("cobs", "<02 11 00>", nil), ("gap 1ms", "\"x\"", nil),
    ] as [(String, String, String?)])
  func fitted(framing: String, edit: String, expected: String?) throws {
    let framing = try Framing(parsing: framing)
    let edited = try EditedMessage(Self.bytes(edit)).withLength(framing)
    #expect(edited.sends == (try Self.bytes(expected ?? edit)))
    #expect(throws: Never.self) { try edited.checked(framing) }
  }

  @Test(
    "what is no whole message is refused",
    arguments: [
      ("length:u16be", "0x00", "a message's header alone has 2 bytes"),
      ("length:u8", "<00>+\"x\"*256", "1 bytes cannot tell a length of 256"),
      ("length:u8@0-4", "<00>+\"x\"", nil), ("varint", "<ff>", "a message's header alone has 1 bytes"),
      ("newline", "\"no end\"", "no whole message of newline"),
      ("json", "'{\"a\":'", "no whole message of json"),
      ("resp", "\"$5\\r\\nabc\\r\\n\"", "no whole message of resp"),
      ("fixed 4", "\"abc\"", "no whole message of fixed 4"),
      ("http", "\"GET / HTTP/1.1\\r\\n\"", "no whole message of http"),
      ("tls", "<99 03 03 00 00>", "no whole message of tls"),
      ("slip", "<01>", "no whole message of slip"),
      ("length:text", "\"12\"", "a message's header alone has 2 bytes"),
      ("websocket", "<81>", "a message's header alone has 2 bytes"), ("newline", "\"\"", "no whole message"),
    ] as [(String, String, String?)])
  func refused(framing: String, edit: String, message: String?) throws {
    let framing = try Framing(parsing: framing)
    do throws(EditedMessage.Refusal) {
      let edited = EditedMessage((try? Self.bytes(edit)) ?? [])
      try edited.withLength(framing).checked(framing)
      #expect(message == nil)
    } catch {
      #expect(message.map { error.message.contains($0) } == true, "\(error.message)")
    }
  }

  @Test("no bytes are too odd for it, and a length that is right stays", arguments: Framing.words.dropFirst())
  func odd(word: String) throws {
    let texts = [
      "fixed": "fixed 4", "delimiter": "delimiter \"ab\"", "length": "length:u16le@1-3", "gap": "gap 1ms",
    ]
    let framing = try Framing(parsing: texts[word] ?? word)
    var random = SplitMix(state: 7)
    for _ in 0..<2000 {
      let bytes = (0..<Int(random.next() % 24)).map { _ in
        UInt8(truncatingIfNeeded: random.next() >> 7) & 0x8f
      }
      let sends = stride(from: 0, to: bytes.count, by: 5).map { Array(bytes[$0..<min($0 + 5, bytes.count)]) }
      guard let fitted = try? EditedMessage(sends).withLength(framing) else { continue }
      #expect(fitted.sends.count == sends.count)
      #expect(try fitted.withLength(framing) == fitted)
      try? fitted.checked(framing)
    }
  }
}
