import Testing
import Traffic

@Suite("Bytes as C escapes")
struct ByteEscapeTests {
  @Test(
    "A byte is written as C writes it",
    arguments: [
      (0x00, "\\0"), (0x09, "\\t"), (0x0a, "\\n"), (0x0d, "\\r"), (0x5c, "\\\\"), (0x41, "A"), (0x20, " "),
      (0x1b, "\\x1b"), (0x7f, "\\x7f"), (0x9b, "\\x9b"), (0xff, "\\xff"),
    ] as [(UInt8, String)])
  func text(byte: UInt8, text: String) { #expect(ByteEscape.text(byte) == text) }

  @Test("Nothing but printable ASCII comes out, and no more than promised")
  func printable() {
    for byte in UInt8.min...UInt8.max {
      let text = ByteEscape.text(byte)
      #expect(text.utf8.allSatisfy { (0x20...0x7e).contains($0) })
      #expect((1...ByteEscape.longest).contains(text.utf8.count))
    }
  }
}
