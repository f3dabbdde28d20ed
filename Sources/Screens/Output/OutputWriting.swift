import Traffic

/// How the bytes that a program writes become a line: carriage return, backspace and tab move on it, erasing to
/// its end works, and all else that would move or colour something on a terminal is left out.
struct OutputWriting: Sendable {
  /// What comes behind so many scalars of a line is left out.
  static let longest = 4096

  private enum Place: Sendable {
    case text, escape, control
    /// Up to BEL or ST: a window's title and the like.
    case string(endsAfterEscape: Bool)
  }

  private var place = Place.text
  /// The first bytes of a scalar in UTF-8.
  private var scalar: [UInt8] = []
  private var column = 0

  /// - Returns: true if the line is over.
  mutating func take(_ byte: UInt8, on line: inout [Unicode.Scalar]) -> Bool {
    switch place {
    case .text: return takeText(byte, on: &line)
    case .escape: takeEscape(byte)
    case .control:
      // Parameters and intermediate bytes go before the final one; see console_codes(4).
      guard byte >= 0x40 else { break }
      if byte == UInt8(ascii: "K"), column < line.count { line.removeSubrange(column...) }
      place = .text
    case .string(let endsAfterEscape):
      let isOver = byte == 7 || endsAfterEscape && byte == UInt8(ascii: "\\")
      place = isOver ? .text : .string(endsAfterEscape: byte == 0x1b)
    }
    return false
  }

  private mutating func takeEscape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "["): place = .control
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"):
      place = .string(endsAfterEscape: false)
    // What is between ESC and the last byte of such a sequence.
    case 0x20...0x2f: break
    default: place = .text
    }
  }

  private mutating func takeText(_ byte: UInt8, on line: inout [Unicode.Scalar]) -> Bool {
    if byte >= 0x80 {
      takePart(byte, on: &line)
      return false
    }
    endScalar(on: &line)
    switch byte {
    case 0x0a:
      column = 0
      return true
    case 0x0d: column = 0
    case 0x08: column = max(0, column - 1)
    case 0x09: repeat { put(" ", on: &line) } while column % 8 != 0 && column < Self.longest
    case 0x1b: place = .escape
    // BEL, and the shifts of character sets.
    case 0x07, 0x0e, 0x0f: break
    default: put(Unicode.Scalar(byte), on: &line)
    }
    return false
  }

  private mutating func takePart(_ byte: UInt8, on line: inout [Unicode.Scalar]) {
    if byte >= 0xc0 { endScalar(on: &line) }
    scalar.append(byte)
    let length = scalar[0] >= 0xf0 ? 4 : scalar[0] >= 0xe0 ? 3 : scalar[0] >= 0xc0 ? 2 : 1
    if scalar.count >= length { endScalar(on: &line) }
  }

  /// What is whole, or will never be.
  private mutating func endScalar(on line: inout [Unicode.Scalar]) {
    if scalar.isEmpty { return }
    for scalar in String(decoding: scalar, as: UTF8.self).unicodeScalars { put(scalar, on: &line) }
    scalar = []
  }

  private mutating func put(_ scalar: Unicode.Scalar, on line: inout [Unicode.Scalar]) {
    if column < line.count {
      line[column] = scalar
    } else if line.count < Self.longest {
      line.append(scalar)
    }
    column = min(column + 1, Self.longest)
  }
}
