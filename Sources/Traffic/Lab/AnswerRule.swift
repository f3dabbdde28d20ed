/// `on NAME PATTERN send BURST`: what a session's connections send whenever they have received something.
public struct AnswerRule: Sendable, Equatable {
  public var session: String
  public var pattern: Pattern
  /// A pause at its beginning delays the answer.
  public var burst: Burst

  public init(session: String, pattern: Pattern, burst: Burst) {
    self.session = session
    self.pattern = pattern
    self.burst = burst
  }

  /// Reads one line, with or without a comment.
  /// - Parameter number: the line's number in its file, for errors.
  public init(parsing line: String, number: Int = 1) throws(SyntaxError) {
    var parser = CommandParser(TextCursor(line, line: number))
    parser.cursor.skipBlanks()
    guard parser.cursor.accept(word: "on") else { throw parser.cursor.error("expected on") }
    try parser.cursor.endWord()
    self = try parser.takeRule()
  }

  /// The rule as text that reads as the same rule.
  public var text: String { "on \(session) \(pattern.text) send \(burst.text)" }
}
