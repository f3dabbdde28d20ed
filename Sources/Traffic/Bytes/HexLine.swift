/// A line of a hex dump: offset, hex columns in groups of eight, text.
public enum HexLine {
  /// Bytes of a full line.
  static let width = 16

  /// `00000000`: eight digits, more where they are needed.
  public static func offsetText(_ offset: Int64) -> String { String { $0.append(hexOffset: offset) } }

  /// The two digits of a byte.
  public static func digits(_ byte: UInt8) -> String {
    String { $0.append(hex: byte) }
  }

  /// Column of a byte's first digit in the hex part: groups of eight are a space further apart.
  public static func column(of index: Int) -> Int { index * 3 + index / 8 }

  /// Digits of an offset.
  static func digits(of offset: Int64) -> Int { max(8, (64 - offset.leadingZeroBitCount + 3) / 4) }

  static func write(_ offset: Int64, digits: Int, to place: UnsafeMutablePointer<UInt8>) {
    for index in 0..<digits { place[digits - 1 - index] = digit(UInt8(offset >> Int64(4 * index) & 15)) }
  }

  /// Writes the two digits of a byte.
  @inline(__always)
  static func write(_ byte: UInt8, to place: UnsafeMutablePointer<UInt8>) {
    place[0] = digit(byte >> 4)
    place[1] = digit(byte & 15)
  }

  @inline(__always)
  private static func digit(_ value: UInt8) -> UInt8 {
    ("0123456789abcdef" as StaticString).utf8Start[Int(value)]
  }
}

extension ByteBuffer {
  /// The two digits of a byte.
  public mutating func append(hex byte: UInt8) {
    HexLine.write(byte, to: room(for: 2))
    length += 2
  }

  /// Two digits a byte.
  public mutating func append(hex bytes: UnsafeRawBufferPointer) {
    let place = room(for: 2 * bytes.count)
    for (index, byte) in bytes.enumerated() { HexLine.write(byte, to: place + 2 * index) }
    length += 2 * bytes.count
  }

  /// `00000000  31 32 33 34 35 61 61 61  61 61 61 61 61 61 61 61  12345aaaaaaaaaaa`, a line for each sixteen bytes; ASCII as
  /// text, the rest as stand-ins.
  /// - Parameters:
  ///   - offset: of the first byte, which stands in the first column.
  ///   - indent: spaces before each line.
  public mutating func append(hexLines bytes: UnsafeRawBufferPointer, offset: Int64, indent: Int) {
    let hexWidth = HexLine.column(of: HexLine.width - 1) + 2
    for start in stride(from: 0, to: bytes.count, by: HexLine.width) {
      let line = bytes[start..<min(start + HexLine.width, bytes.count)]
      let offset = offset + Int64(start)
      let digits = HexLine.digits(of: offset)
      let blank = indent + digits + 2 + hexWidth + 2
      // Room for the text and the newline, too: its bytes are appended while the hex is written.
      let place = room(for: blank + 3 * line.count + 1)
      place.update(repeating: UInt8(ascii: " "), count: blank)
      length += blank
      HexLine.write(offset, digits: digits, to: place + indent)
      let hex = place + (indent + digits + 2)
      for (index, byte) in line.enumerated() {
        HexLine.write(byte, to: hex + HexLine.column(of: index))
        if SafeText.isPlain(byte) { append(byte: byte) } else { append(scalar: Glyph(byte: byte).scalar) }
      }
      append("\n")
    }
  }

  mutating func append(hexOffset offset: Int64) {
    let digits = HexLine.digits(of: offset)
    HexLine.write(offset, digits: digits, to: room(for: digits))
    length += digits
  }
}
