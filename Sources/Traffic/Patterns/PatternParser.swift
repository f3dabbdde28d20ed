extension Pattern {
  /// Reads `"text"`, `'raw text'`, `0x0d0a`, `<0d 0a>`, `/regex/` or `bytes N`.
  public init(parsing text: String) throws(SyntaxError) {
    var cursor = TextCursor(text, line: 1)
    cursor.skipBlanks()
    self = try cursor.takePattern()
    cursor.skipBlanks()
    guard cursor.byte == nil else { throw cursor.error("expected nothing more") }
  }
}

extension TextCursor {
  mutating func takePattern() throws(SyntaxError) -> Pattern {
    let start = position
    switch byte {
    case UInt8(ascii: "/"):
      var parser = RegexParser(self)
      let regex = try parser.takeRegex()
      self = parser.cursor
      return .regex(regex)
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      let bytes = byte == UInt8(ascii: "'") ? try takeRaw().bytes : try takeQuoted()
      guard !bytes.isEmpty else {
        throw error("an empty pattern is everywhere: expected a byte", at: start)
      }
      return .bytes(bytes)
    case UInt8(ascii: "<"): return .bytes(try takeBracketedHex().bytes)
    case UInt8(ascii: "0") where isAtHex: return .bytes(try takeHex().bytes)
    default:
      guard accept(word: "bytes") else {
        throw error("expected a pattern: \"text\", 0x0d0a, /regex/ or bytes N", at: start)
      }
      skipBlanks()
      let count = try takeSize("a number of bytes")
      try endWord()
      return .count(count)
    }
  }
}
