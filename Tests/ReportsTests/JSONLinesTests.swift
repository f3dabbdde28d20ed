import Foundation
import Reports
import Testing
@testable import Traffic

@Suite("JSON Lines")
struct JSONLinesTests {
  @Test("Every kind of record has its line")
  func lines() throws {
    try ExpectedFile("records.jsonl").check(
      SampleRun.whole.text(JSONLines(version: "9.9", encoding: .base64)))
  }

  @Test(
    "A payload is written as it was asked for",
    arguments: [
      (.base64, #","data":"MQD/"}"#), (.hex, #","data":"3100ff"}"#), (.text, #","data":"1\u0000�"}"#),
      (.none, #""why":"filled"}"#),
    ] as [(DataEncoding, String)])
  func payload(encoding: DataEncoding, end: String) throws {
    let lines = SampleRun.whole.text(JSONLines(version: "9.9", encoding: encoding), showing: [.recv])
    #expect(try #require(lines.split(separator: "\n").first).hasSuffix(end))
  }

  @Test("Base64 is that of RFC 4648, whatever the length")
  func base64() {
    for count in 0...100 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37 + count) }
      let text = String { output in bytes.withUnsafeBytes { output.append(base64: $0) } }
      #expect(text == Data(bytes).base64EncodedString())
    }
  }

  private static let payloads: [[UInt8]] = [
    Array(UInt8.min...UInt8.max), Array("\u{202e}\u{2066}\u{200b}\u{feff}\u{2028}\u{e0001}".utf8),
    Array("中文 😀👍🏽 e\u{301} שלום \"quoted\" \\n".utf8), [0xc3], [0xe2, 0x80], [0xf0, 0x9f, 0x98, 0x41],
    [0xed, 0xa0, 0x80, 0x0a, 0xc0, 0xaf], [], (0..<1 << 20).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) },
  ]

  @Test("What is hostile comes back as it went, and no terminal sees it", arguments: payloads)
  func hostile(bytes: [UInt8]) throws {
    let run = SampleRun()
    run.append(
      .recv(
        run.connection, from: 0, to: 1, asked: 1, result: Int32(bytes.count), flags: [], conditions: []),
      bytes)
    let text = run.text(JSONLines(version: "9.9", encoding: .text), showing: [.recv])
    #expect(
      text.unicodeScalars.dropLast().allSatisfy {
        ![.control, .format, .lineSeparator, .paragraphSeparator].contains($0.properties.generalCategory)
      })
    let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    // Compared byte by byte: as strings, e and ´ would be the same as é.
    #expect(
      (object["data"] as? String).map { Array($0.utf8) } == Array(String(decoding: bytes, as: UTF8.self).utf8)
    )
  }

  @Test("A payload that is no longer held is null")
  func dropped() throws {
    let format = JSONLines(version: "9.9", encoding: .text)
    let run = SampleRun()
    var output = ByteBuffer()
    let record = Record.recv(run.connection, from: 0, to: 1, asked: 5, result: 5, flags: [], conditions: [])
    format.write(record, sequence: 3, payload: nil, names: SocketNames(run.journal), to: &output)
    #expect(output.text.hasSuffix(#","data":null}"# + "\n"))
  }
}
