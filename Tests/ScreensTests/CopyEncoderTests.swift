@testable import Screens
import Testing
import Traffic

@Suite("Bytes written in a form, piece by piece")
struct CopyEncoderTests {
  private static let samples: [[UInt8]] = [
    [], [0xff], Array("hello\r\n\t\"\\".utf8), Array("%{now} 100 %%{".utf8),
    Array("é 中文 \u{1f600} \u{202e}x\u{301}".utf8), [0xe4, 0xb8] + Array("abc".utf8) + [0xc3],
    Array(UInt8.min...UInt8.max),
  ]

  private static func encoded(_ form: CopyForm, _ bytes: [UInt8], size: Int) -> [UInt8] {
    var encoder = CopyEncoder(form)
    var written: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      written += encoder.encode(Array(bytes[start..<min(start + size, bytes.count)]))
    }
    return written + encoder.finish()
  }

  @Test("Pieces of any size make the whole", arguments: CopyForm.allCases.filter { $0 != .burst }, samples)
  func pieces(form: CopyForm, bytes: [UInt8]) {
    let whole = Self.encoded(form, bytes, size: max(1, bytes.count))
    for size in 1...7 { #expect(Self.encoded(form, bytes, size: size) == whole) }
    if form == .raw { #expect(whole == bytes) } else { #expect(form.text(bytes).utf8.elementsEqual(whole)) }
  }

  @Test(
    "Text is the bytes' own: no symbols for controls, and U+FFFD for what is no UTF-8",
    arguments: [
      (Array("hello\r\n\t\u{1b}[1m\0".utf8), "hello\r\n\t\u{1b}[1m\0"),
      (Array("é\u{202e}中".utf8), "é\u{202e}中"),
      ([0x61, 0xff, 0x62], "a\u{fffd}b"), ([0xe4, 0xb8, 0x61], "\u{fffd}a"), ([0xc3], "\u{fffd}"),
    ] as [([UInt8], String)])
  func text(bytes: [UInt8], expected: String) { #expect(CopyForm.text.text(bytes) == expected) }

  @Test("A burst reads as the same bytes, whatever the pieces were", arguments: samples.dropFirst())
  func burst(bytes: [UInt8]) throws {
    for size in Array(1...7) + [1000] {
      let text = String(decoding: Self.encoded(.burst, bytes, size: size), as: UTF8.self)
      #expect(text.unicodeScalars.allSatisfy { !Glyph($0).isReplacement })
      let burst = try Burst(parsing: text)
      var sent: [UInt8] = []
      for case .send(.literal(let part)) in burst.steps { sent += part.bytes }
      #expect(sent == bytes, "\(text)")
    }
  }
}
