import Testing
import Traffic

@Suite("Hex lines")
struct HexLineTests {
  @Test("Bytes are cut into lines with their offsets")
  func lines() {
    let lines = HexLine.lines(Array("12345".utf8) + [UInt8](repeating: 0x61, count: 13), offset: 32)
    #expect(
      lines.map(\.text) == [
        "00000020  31 32 33 34 35 61 61 61  61 61 61 61 61 61 61 61  12345aaaaaaaaaaa",
        "00000030  61 61                                             aa",
      ])
  }

  @Test("Controls and bytes beyond ASCII have stand-ins in the text")
  func hostile() {
    let line = HexLine(offset: 1 << 36, bytes: [0, 0x1b, 0x7f, 0x9b, 0xff, 0x41], width: 8)
    #expect(line.text == "1000000000  00 1b 7f 9b ff 41        ␀␛␡··A")
  }

  @Test("Nothing gives no line")
  func empty() { #expect(HexLine.lines([UInt8]()).isEmpty) }
}
