extension CommandParser {
  /// What stands behind `on NAME`: a pattern, then `send` and a burst, or `do` and a command.
  mutating func takeRule() throws(SyntaxError) -> AnswerRule {
    cursor.skipBlanks()
    let pattern = try cursor.takePattern()
    try cursor.endWord()
    cursor.skipBlanks()
    let isCommand = cursor.accept(word: "do")
    guard isCommand || cursor.accept(word: "send") else {
      throw cursor.error("expected send and a burst, or do and a command, after the pattern")
    }
    let end = cursor.position
    cursor.skipBlanks()
    guard cursor.position > end || cursor.byte == nil else { throw cursor.error("expected a space here") }
    var groups = AnswerGroups.none
    if case .regex(let regex) = pattern { groups = regex.answerGroups }
    if !isCommand { return AnswerRule(pattern: pattern, action: .send(try takeBurst(answering: groups))) }
    let start = cursor.position
    let command = try takeCommand()
    switch command {
    case .on: throw cursor.error("a rule cannot make rules: write this on as a line of its own", at: start)
    case .define:
      throw cursor.error(
        "define names a burst while the lab is read: write it as a line of its own", at: start)
    default: break
    }
    return AnswerRule(
      pattern: pattern, action: .perform(command, text: cursor.text(start..<cursor.position)))
  }
}
