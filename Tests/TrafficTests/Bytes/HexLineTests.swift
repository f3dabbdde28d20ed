import Testing
import Traffic

@Suite("Hex lines")
struct HexLineTests {
  private func lines(_ bytes: [UInt8], offset: Int64 = 0, indent: Int = 0) -> String {
    String { text in
      bytes.withUnsafeBytes { text.append(hexLines: $0, offset: offset, indent: indent) }
    }
  }

  @Test("Bytes are cut into lines with their offsets")
  func lines() {
    let text = lines(Array("12345".utf8) + [UInt8](repeating: 0x61, count: 13), offset: 32, indent: 2)
    #expect(
      text == """
          00000020  31 32 33 34 35 61 61 61  61 61 61 61 61 61 61 61  12345aaaaaaaaaaa
          00000030  61 61                                             aa

        """)
  }

  @Test("Controls and bytes beyond ASCII have stand-ins in the text")
  func hostile() {
    #expect(
      lines([0, 0x1b, 0x7f, 0x9b, 0xff, 0x41], offset: 1 << 36)
        == "1000000000  00 1b 7f 9b ff 41                                 ␀␛␡··A\n")
  }

  @Test("Nothing gives no line")
  func empty() { #expect(lines([]).isEmpty) }

  @Test("Every byte has its two digits")
  func digits() {
    let digits = (UInt8.min...UInt8.max).map(HexLine.digits)
    #expect(digits == (0...255).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) })
  }
}
