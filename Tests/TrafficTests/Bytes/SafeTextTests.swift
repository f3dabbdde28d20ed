import Testing
import Traffic

@Suite("Text from outside is made safe")
struct SafeTextTests {
  @Test("No scalar of Unicode passes that moves, hides or turns anything")
  func everyScalar() {
    for value in UInt32(0)...0x10_ffff {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let shown = Glyph(scalar).scalar
      let category = shown.properties.generalCategory
      let harmless = ![.control, .format, .surrogate, .privateUse, .unassigned, .nonspacingMark].contains(
        category)
      if !harmless || shown.properties.isDefaultIgnorableCodePoint {
        Issue.record("U+\(String(value, radix: 16)) shows U+\(String(shown.value, radix: 16))")
      }
    }
  }

  @Test(
    "A scalar shows as itself or as one replacement",
    arguments: [
      ("plain é ß Ω", "plain é ß Ω"), ("a\u{1b}[2Jb", "a␛[2Jb"), ("\r\n\t\0\u{7f}", "␍␊␉␀␡"),
      ("\u{9b}31m", "�31m"), ("a\u{202e}b\u{2066}", "a�b�"), ("x\u{200b}\u{feff}y", "x��y"),
      ("e\u{301}", "e�"), ("שלום", "����"), ("中文", "中文"), ("\u{e000}", "�"), ("\u{1f1e6}\u{1f1fa}", "��"),
      ("\u{2028}", "�"), ("👍🏽", "👍�"),
    ])
  func strings(input: String, shown: String) {
    #expect(SafeText.string(input) == shown)
  }

  @Test(
    "Bytes that are no UTF-8 are replaced one by one",
    arguments: [
      ([0x61, 0xff, 0x62], "a�b"), ([0xc3, 0xa9], "é"), ([0xc3], "�"), ([0xc0, 0xaf], "��"),
      ([0xed, 0xa0, 0x80], "���"), ([0xf4, 0x90, 0x80, 0x80], "����"), ([0xe4, 0xb8, 0xad], "中"),
      ([0xe0, 0x80, 0xaf], "���"), ([0xf0, 0x9f, 0x98], "���"),
    ] as [([UInt8], String)])
  func invalid(bytes: [UInt8], shown: String) {
    #expect(SafeText.string(utf8: bytes) == shown)
    #expect(DecodedBytes.utf8(bytes).count == bytes.count)
  }

  @Test("Width counts the cells of what is shown")
  func width() {
    #expect(SafeText.width("a中\u{1b}") == 4)
    #expect(SafeText.width("") == 0)
  }

  @Test("Every byte value has a class and a printable glyph")
  func bytes() {
    let classes = (UInt8.min...UInt8.max).map { ByteClass($0) }
    #expect(classes.filter { $0 == .null }.count == 1)
    #expect(classes.filter { $0 == .printable }.count == 94)
    #expect(classes.filter { $0 == .whitespace }.count == 6)
    #expect(classes.filter { $0 == .otherASCII }.count == 27)
    #expect(classes.filter { $0 == .nonASCII }.count == 128)
    #expect((UInt8.min...UInt8.max).allSatisfy { Glyph(byte: $0).width == 1 && Glyph(latin1: $0).width == 1 })
  }
}
