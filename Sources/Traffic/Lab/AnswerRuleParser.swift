extension CommandParser {
  /// What stands behind `on NAME`: a pattern, `send`, a burst.
  mutating func takeRule() throws(SyntaxError) -> AnswerRule {
    cursor.skipBlanks()
    let pattern = try cursor.takePattern()
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
}
