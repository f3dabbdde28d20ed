import Testing
@testable import Traffic

@Suite("A buffer of bytes")
struct ByteBufferTests {
  @Test("It grows from nothing, and is used again")
  func growing() {
    var buffer = ByteBuffer(capacity: 1)
    for _ in 0..<2 {
      for _ in 0..<1000 {
        buffer.append("ab")
        buffer.append(byte: UInt8(ascii: "c"))
        buffer.append(text: "é中")
        buffer.append(repeating: UInt8(ascii: "-"), count: 3)
      }
      #expect(buffer.text == String(repeating: "abcé中---", count: 1000))
      #expect(buffer.count == 11_000 && buffer.last == UInt8(ascii: "-"))
      buffer.removeAll()
      #expect(buffer.isEmpty && buffer.last == nil)
    }
  }

  @Test("Every scalar is written as UTF-8")
  func scalars() {
    var buffer = ByteBuffer(capacity: 1)
    for value in stride(from: UInt32(0), through: 0x10_ffff, by: 97) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      buffer.append(scalar: scalar)
      #expect(buffer.text == String(scalar))
      buffer.removeAll()
    }
  }

  @Test(
    "Numbers have all their digits",
    arguments: [
      0, 7, 9, 10, 99, 100, 101, 999, 1000, 65_535, 1_000_000, 123_456_789, -1, -10, .max, .min, .max / 10,
    ] as [Int64])
  func numbers(value: Int64) {
    #expect(String { $0.append(number: value) } == "\(value)")
    for digits in [1, 4, 20] where value >= 0 {
      let text = "\(value)"
      let padded = String(repeating: "0", count: max(0, digits - text.count)) + text
      #expect(String { $0.append(number: value, digits: digits) } == padded)
    }
  }

  @Test(
    "Columns are as wide in cells as they should be",
    arguments: [
      ("", "    |", "|    "), ("ab", "  ab|", "|ab  "), ("µs", "  µs|", "|µs  "), ("—", "   —|", "|—   "),
      ("中", "  中|", "|中  "), ("中é", " 中é|", "|中é "), ("😀", "  😀|", "|😀  "), ("abcdef", "abcdef|", "|abcdef"),
    ])
  func columns(text: String, right: String, left: String) {
    #expect(
      String { output in
        output.append(rightIn: 4) { $0.append(text: text) }
        output.append("|")
      } == right)
    #expect(
      String { output in
        output.append("|")
        output.append(leftIn: 4) { $0.append(text: text) }
      } == left)
  }

  @Test(
    "Moments of the wall clock have their dates",
    arguments: [
      (0, "1970-01-01T00:00:00.000000000Z"), (-1, "1969-12-31T23:59:59.999999999Z"),
      (951_868_799_000_000_001, "2000-02-29T23:59:59.000000001Z"),
      (4_107_542_400_000_000_000, "2100-03-01T00:00:00.000000000Z"),
      (1_795_219_200_123_456_789, "2026-11-21T00:00:00.123456789Z"),
    ] as [(Nanoseconds, String)])
  func dates(nanoseconds: Nanoseconds, text: String) {
    #expect(String { $0.append(wall: nanoseconds) } == text)
  }
}
