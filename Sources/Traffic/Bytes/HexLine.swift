/// One line of a hex dump: offset, hex columns in groups of eight, text.
public struct HexLine: Sendable, Equatable {
  /// Offset in the stream of the first byte.
  public var offset: Int64
  public var bytes: [UInt8]
  /// Bytes that a full line holds.
  public var width: Int

  public init(offset: Int64, bytes: [UInt8], width: Int = 16) {
    self.offset = offset
    self.bytes = bytes
    self.width = width
  }

  /// Cuts bytes into lines; the first byte has the offset `offset` and stands in the first column.
  public static func lines(_ bytes: some Collection<UInt8>, offset: Int64 = 0, width: Int = 16) -> [HexLine] {
    var lines: [HexLine] = []
    var rest = bytes[...]
    var offset = offset
    while !rest.isEmpty {
      let piece = rest.prefix(width)
      lines.append(HexLine(offset: offset, bytes: Array(piece), width: width))
      offset += Int64(piece.count)
      rest = rest.dropFirst(width)
    }
    return lines
  }

  /// `00000000`: eight digits, more where they are needed.
  public static func offsetText(_ offset: Int64) -> String {
    let digits = String(offset, radix: 16)
    return String(repeating: "0", count: max(0, 8 - digits.count)) + digits
  }

  /// The two digits of a byte.
  public static func digits(_ byte: UInt8) -> String {
    let text = String(byte, radix: 16)
    return byte < 16 ? "0" + text : text
  }

  /// Column of a byte's first digit in the hex part: groups of eight are a space further apart.
  public static func column(of index: Int) -> Int { index * 3 + index / 8 }

  /// `00000000  31 32 33 34 35 61 61 61  61 61 61 61 61 61 61 61  12345aaaaaaaaaaa`, ASCII, the rest as dots.
  public var text: String {
    var hex = ""
    for (index, byte) in bytes.enumerated() {
      hex += String(repeating: " ", count: Self.column(of: index) - hex.utf8.count) + Self.digits(byte)
    }
    hex += String(repeating: " ", count: max(0, Self.column(of: width - 1) + 2 - hex.utf8.count))
    var scalars = String.UnicodeScalarView()
    for byte in bytes { scalars.append(Glyph(byte: byte).scalar) }
    return "\(Self.offsetText(offset))  \(hex)  \(String(scalars))"
  }
}
