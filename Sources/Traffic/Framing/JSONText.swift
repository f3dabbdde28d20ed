/// The inside of a string of JSON (RFC 8259, 7), byte by byte.
struct JSONText {
  enum Step { case part, end, mistake }

  private enum Place {
    case plain, escape
    /// So many hex digits of `\u` are to come.
    case hex(Int)
    /// So many bytes of a character are to come; the next one lies in this range.
    case character(Int, next: ClosedRange<UInt8>)
  }

  private var place = Place.plain
  private(set) var notes: MessageNotes = []

  /// How many of the bytes are plain characters, which change nothing.
  func plainCount(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard case .plain = place else { return 0 }
    var count = 0
    while count < bytes.count, bytes[count] >= 0x20, bytes[count] < 0x80, bytes[count] != UInt8(ascii: "\""),
      bytes[count] != UInt8(ascii: "\\")
    {
      count += 1
    }
    return count
  }

  mutating func accept(_ byte: UInt8) -> Step {
    switch place {
    case .plain: return acceptPlain(byte)
    case .escape:
      switch byte {
      case UInt8(ascii: "u"): place = .hex(4)
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
        UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
        place = .plain
      default:
        place = .plain
        return .mistake
      }
      return .part
    case .hex(let count):
      if byte.hexDigit != nil {
        place = count == 1 ? .plain : .hex(count - 1)
        return .part
      }
      place = .plain
      return .mistake
    case .character(let count, let next):
      guard next.contains(byte) else {
        notes.insert(.invalidUTF8)
        place = .plain
        return acceptPlain(byte)
      }
      place = count == 1 ? .plain : .character(count - 1, next: 0x80...0xbf)
      return .part
    }
  }

  private mutating func acceptPlain(_ byte: UInt8) -> Step {
    switch byte {
    case UInt8(ascii: "\""): return .end
    case UInt8(ascii: "\\"): place = .escape
    case 0..<0x20: notes.insert(.controlCharacter)
    case 0x20..<0x80: break
    // The second byte has a smaller range where a longer form or a surrogate would begin (Unicode 15, table
    // 3-7).
    case 0xc2...0xdf: place = .character(1, next: 0x80...0xbf)
    case 0xe0: place = .character(2, next: 0xa0...0xbf)
    case 0xed: place = .character(2, next: 0x80...0x9f)
    case 0xe1...0xef: place = .character(2, next: 0x80...0xbf)
    case 0xf0: place = .character(3, next: 0x90...0xbf)
    case 0xf1...0xf3: place = .character(3, next: 0x80...0xbf)
    case 0xf4: place = .character(3, next: 0x80...0x8f)
    default: notes.insert(.invalidUTF8)
    }
    return .part
  }
}
