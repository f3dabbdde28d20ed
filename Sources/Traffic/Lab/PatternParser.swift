extension Pattern {
  /// Reads `"text"`, `0x0d0a`, `<0d 0a>`, `/regex/` or `bytes N`.
  public init(parsing text: String) throws(SyntaxError) {
    var parser = CommandParser(TextCursor(text, line: 1))
    self = try parser.takeWholePattern()
  }
}

extension CommandParser {
  fileprivate mutating func takeWholePattern() throws(SyntaxError) -> Pattern {
    cursor.skipBlanks()
    let pattern = try takePattern()
    cursor.skipBlanks()
    guard cursor.byte == nil else { throw cursor.error("expected nothing more") }
    return pattern
  }

  /// What stands behind `on NAME`: a pattern, `send`, a burst.
  mutating func takeRule() throws(SyntaxError) -> AnswerRule {
    cursor.skipBlanks()
    let pattern = try takePattern()
    try cursor.endWord()
    cursor.skipBlanks()
    guard cursor.accept(word: "send") else {
      throw cursor.error("expected send and a burst after the pattern")
    }
    let end = cursor.position
    cursor.skipBlanks()
    guard cursor.position > end || cursor.byte == nil else { throw cursor.error("expected a space here") }
    return AnswerRule(pattern: pattern, burst: try takeBurst())
  }

  private mutating func takePattern() throws(SyntaxError) -> Pattern {
    let start = cursor.position
    switch cursor.byte {
    case UInt8(ascii: "/"):
      var parser = RegexParser(cursor)
      let regex = try parser.takeRegex()
      cursor = parser.cursor
      return .regex(regex)
    case UInt8(ascii: "\""):
      let bytes = try cursor.takeQuoted()
      guard !bytes.isEmpty else {
        throw cursor.error("an empty pattern is everywhere: expected a byte", at: start)
      }
      return .bytes(bytes)
    case UInt8(ascii: "<"): return .bytes(try cursor.takeBracketedHex().bytes)
    case UInt8(ascii: "0") where cursor.isAtHex: return .bytes(try cursor.takeHex().bytes)
    default:
      guard cursor.accept(word: "bytes") else {
        throw cursor.error("expected a pattern: \"text\", 0x0d0a, /regex/ or bytes N", at: start)
      }
      return .count(try takeNumber("a number of bytes"))
    }
  }
}
