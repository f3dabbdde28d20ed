/// What the recorded bytes are searched for.
public enum FindPattern: Sendable, Equatable {
  case bytes(MaskedBytes)
  case regex(ByteRegex)

  /// Reads `"text"`, `'raw text'`, `0x0d??0a`, `<0d ?? 0a>` or `/regex/`; anything else is the text itself, one byte at least.
  public init(parsing text: String) throws(SyntaxError) {
    var cursor = TextCursor(text, line: 1)
    switch cursor.byte {
    case UInt8(ascii: "/"):
      var parser = RegexParser(cursor)
      self = .regex(try parser.takeRegex())
      cursor = parser.cursor
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      let bytes = cursor.byte == UInt8(ascii: "'") ? try cursor.takeRaw().bytes : try cursor.takeQuoted()
      guard !bytes.isEmpty else {
        throw cursor.error("an empty pattern is everywhere: expected a byte", at: 0)
      }
      self = .bytes(MaskedBytes(bytes))
    case UInt8(ascii: "<"): self = .bytes(try cursor.takeMaskedBytes())
    case UInt8(ascii: "0") where cursor.isAtHex: self = .bytes(try cursor.takeMaskedBytes())
    case nil: throw cursor.error("an empty pattern is everywhere: expected a byte")
    default:
      self = .bytes(MaskedBytes(Array(text.utf8)))
      return
    }
    cursor.skipBlanks()
    guard cursor.byte == nil else { throw cursor.error("expected nothing more") }
  }

  /// The pattern as text that reads as the same pattern.
  public var text: String {
    switch self {
    case .bytes(let bytes): bytes.text
    case .regex(let regex): regex.text
    }
  }
}
