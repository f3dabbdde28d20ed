import Traffic

/// A question with its choices: boxes to tick, or the room's hands as bars and what came true.
struct HandoutQuestion {
  private let number: Int
  private let part: LessonPlan.Part
  private let answer: LessonAnswer?
  private let isAsWritten: Bool
  private let socket: String?

  /// - Parameters:
  ///   - number: its place, from 0.
  ///   - answer: nil if it was not asked yet.
  ///   - isAsWritten: false where the lesson was played with other values.
  ///   - socket: the name of what was looked at.
  init(
    number: Int, _ part: LessonPlan.Part, _ answer: LessonAnswer?, isAsWritten: Bool, socket: String?
  ) {
    (self.number, self.part, self.answer, self.isAsWritten) = (number, part, answer, isAsWritten)
    self.socket = socket
  }

  /// The rounds in which there were hands.
  private var rounds: [[Int]] { answer?.answeredRounds ?? [] }

  func write(to output: inout ByteBuffer) {
    let rounds = rounds
    let most = rounds.joined().max() ?? 0
    output.append("<section class=\"question\"><h2><span>")
    output.append(number: number + 1)
    output.append("</span><b>")
    output.append(html: part.question.text)
    output.append("</b></h2>\n<table class=\"choices\">\n")
    for (place, choice) in part.question.choices.enumerated() {
      let isRight = answer?.outcome?.choice == place
      output.append(isRight ? "<tr class=\"right\">" : "<tr>")
      output.append("<td class=\"tick\"><i>")
      if isRight { output.append("✓") }
      output.append("</i></td><td class=\"n\">")
      output.append(number: place + 1)
      output.append("</td><td>")
      output.append(html: choice.text)
      output.append("</td>")
      if most > 0 { writeBars(rounds.map { place < $0.count ? $0[place] : 0 }, most, to: &output) }
      output.append("</tr>\n")
    }
    output.append("</table>\n")
    if rounds.count > 1 {
      output.append(
        "<p class=\"legend dim\"><span><i class=\"before\"></i>before they talked</span><span><i class=\"after\"></i>after</span></p>\n"
      )
    }
    if let answer, let outcome = answer.outcome {
      for hint in part.hints { output.append(prose: "Hint: \(hint)", classes: "dim") }
      let verdict = LessonVerdict(outcome, answer, isAsWritten: isAsWritten)
      output.append("<p class=\"verdict\">")
      if outcome.choice != nil {
        output.append(
          html:
            "\(socket.map { "\($0) " } ?? "")\(outcome.revelation.measure) gave \(outcome.revelation.got). ")
      }
      output.append(html: verdict.text)
      output.append("</p>\n")
    }
    output.append("</section>\n")
  }

  /// The hands for a choice, a bar for each round.
  private func writeBars(_ votes: [Int], _ most: Int, to output: inout ByteBuffer) {
    output.append("<td class=\"hands\">")
    for (round, count) in votes.enumerated() {
      output.append(round < votes.count - 1 ? "<div class=\"before\">" : "<div class=\"after\">")
      output.append("<i style=\"width:")
      output.append(number: count * 100 / most)
      output.append("%\"></i><b>")
      output.append(count: count)
      output.append("</b></div>")
    }
    output.append("</td>")
  }
}
