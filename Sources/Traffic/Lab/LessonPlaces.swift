/// Where the commands of a lesson may stand: a question, then its hints, a second round, and what was right.
extension Lab {
  /// The question that no `reveal` has answered yet.
  private var open: (line: Line, question: Question)? {
    for line in lines.reversed() {
      switch line.command {
      case .question(let question): return (line, question)
      case .reveal: return nil
      default: break
      }
    }
    return nil
  }

  /// Refuses a command where it cannot stand.
  /// - Parameter line: the command's own, which is not among the lines yet.
  func checkPlace(of command: Command, _ line: TextCursor) throws(SyntaxError) {
    var cursor = line
    cursor.position = 0
    cursor.skipBlanks()
    func mistake(_ message: String) -> SyntaxError { cursor.error(message) }
    switch command {
    case .again, .trials, .labs, .handout:
      throw mistake("this is for the workbench's : prompt, not for a lab")
    case .question:
      if let open {
        throw mistake("the question of line \(open.line.number) comes first: it has no reveal yet")
      }
    case .hint: if open == nil { throw mistake("a hint stands behind its ask, before the reveal") }
    case .discuss:
      guard let open else { throw mistake("discuss stands behind an ask, before its reveal") }
      if let other = lines.last(where: { $0.number > open.line.number && $0.command == .discuss }) {
        throw mistake("a question is asked twice at most: line \(other.number) says discuss already")
      }
    case .reveal(let reveal):
      guard let open else { throw mistake("nothing was asked: reveal stands behind an ask") }
      for (place, choice) in open.question.choices.enumerated() {
        if let wrong = reveal.measure.mistake(in: choice) {
          throw mistake("choice \(place + 1) of line \(open.line.number): \(wrong)")
        }
      }
    default: break
    }
  }

  /// Refuses a question that is never answered. To be asked when all lines are there.
  public func checkEnd(_ mistakes: inout LabMistakes) {
    guard mistakes.isEmpty, let open else { return }
    let cursor = TextCursor(open.line.text, line: open.line.number)
    mistakes.append(cursor.error("this question has no reveal", at: 0))
  }
}
