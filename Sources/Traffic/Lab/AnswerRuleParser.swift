extension CommandParser {
  /// What stands behind `on NAME`: a pattern, or `message` and one if it is not every message; then `send`
  /// and a burst, or
  /// `do` and a command.
  mutating func takeRule() throws(SyntaxError) -> AnswerRule {
    let trigger = try takeTrigger()
    cursor.skipBlanks()
    let isCommand = cursor.accept(word: "do")
    guard isCommand || cursor.accept(word: "send") else {
      throw cursor.error("expected send and a burst, or do and a command, after the pattern")
    }
    let end = cursor.position
    cursor.skipBlanks()
    guard cursor.position > end || cursor.byte == nil else { throw cursor.error("expected a space here") }
    if !isCommand {
      return AnswerRule(trigger, action: .send(try takeBurst(answering: trigger.answerGroups)))
    }
    let start = cursor.position
    let command = try takeCommand()
    switch command {
    case .on: throw cursor.error("a rule cannot make rules: write this on as a line of its own", at: start)
    case .define:
      throw cursor.error(
        "define names a burst while the lab is read: write it as a line of its own", at: start)
    case .say, .question, .discuss, .hint, .step, .reveal, .again, .trials, .labs, .handout:
      throw cursor.error("a rule cannot do this: it is a line of its own", at: start)
    default: break
    }
    return AnswerRule(trigger, action: .perform(command, text: cursor.text(start..<cursor.position)))
  }

  /// What an answer may name, of a rule that is being typed.
  static func answerGroups(in line: String) -> AnswerGroups {
    var parser = CommandParser(TextCursor(line))
    parser.cursor.skipBlanks()
    guard parser.cursor.accept(word: CommandRule.Name.on.rawValue), (try? parser.takeName()) != nil,
      let trigger = try? parser.takeTrigger()
    else { return .none }
    return trigger.answerGroups
  }

  private mutating func takeTrigger() throws(SyntaxError) -> AnswerRule.Trigger {
    cursor.skipBlanks()
    let isMessage = cursor.accept(word: "message")
    cursor.skipBlanks()
    if isMessage, cursor.isAt(word: "send") || cursor.isAt(word: "do") { return .message(nil) }
    let start = cursor.position
    let pattern = try cursor.takePattern()
    try cursor.endWord()
    if !isMessage { return .stream(pattern) }
    if case .count = pattern {
      throw cursor.error("a message comes as a whole: expected \"text\", 0x0d0a, /regex/ or send", at: start)
    }
    return .message(pattern)
  }
}
