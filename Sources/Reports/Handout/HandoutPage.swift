import Traffic

/// The page from its top to its foot, in the lesson's order.
struct HandoutPage {
  private let handout: Handout
  private let head: LabHead
  private let lesson: LessonPlan?
  private let review: LessonReview?
  /// The line of the last outcome: what is said behind it sums up.
  private let lastReveal: Int

  init(_ handout: Handout) {
    self.handout = handout
    head = LabHead(handout.text ?? "", named: handout.name)
    lesson = LessonPlan(handout.lab).flatMap { $0.parts.isEmpty ? nil : $0 }
    review = handout.journal.flatMap { journal in
      LessonPlan(handout.lab).map { LessonReview($0, journal, standing: handout.answers) }
    }
    lastReveal =
      handout.lab.lines.lastIndex { if case .reveal = $0.command { true } else { false } } ?? -1
  }

  /// Nothing in it is left open.
  private var isWhole: Bool { handout.journal != nil && review?.isWhole ?? true }

  private var title: String {
    let title = isWhole ? head.title : head.question ?? ""
    return title.isEmpty ? handout.name : title
  }

  func write(to output: inout ExportOutput) throws {
    writeHead(to: &output.buffer)
    if isWhole { for paragraph in head.paragraphs { write(paragraph, to: &output.buffer) } }
    try writeLines(to: &output)
    if lesson == nil {
      if let journal = handout.journal {
        output.buffer.append("<h2>What happened</h2>\n")
        HandoutScene(journal).write(to: &output.buffer)
        try output.pass()
      } else {
        output.buffer.append(ruled: "What do you expect?", lines: 4)
        output.buffer.append(ruled: "What happened, and why?", lines: 6)
      }
    }
    if !isWhole { writeHints(to: &output.buffer) }
    writeHome(to: &output.buffer)
    output.buffer.append("</main></body></html>\n")
  }

  // MARK: Its parts

  private func writeHead(to output: inout ByteBuffer) {
    output.append(
      """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <title>
      """)
    output.append(html: title)
    output.append("</title>\n<style>\n")
    output.append(text: PageStyle.css)
    output.append(text: LaneDrawing.style)
    output.append(text: HandoutStyle.css)
    output.append("</style></head><body><main>\n")
    if handout.journal == nil {
      output.append(
        "<p class=\"names\"><span>Name</span><i></i><span>Date</span><i class=\"short\"></i></p>\n")
    }
    output.append("<h1>")
    output.append(html: title)
    output.append("</h1>\n")
    guard handout.journal != nil else { return }
    let wall = String { $0.append(wall: handout.wall) }
    var facts = ["\(wall.prefix(10))", handout.kernel, "recvscope \(handout.version)"]
    if !handout.values.isEmpty { facts.append("played with \(handout.values.joined(separator: " "))") }
    output.append("<p class=\"dim facts\">")
    output.append(html: facts.filter { !$0.isEmpty }.joined(separator: " · "))
    output.append("</p>\n")
    if let lesson, let review, !review.isWhole {
      let count = lesson.parts.indices.count(where: review.isRevealed)
      output.append("<p class=\"notice\">")
      output.append(
        html: "\(count) of \(lesson.parts.count) questions have their outcome. What is open is left blank.")
      output.append("</p>\n")
    }
  }

  private func write(_ paragraph: LabHead.Paragraph, to output: inout ByteBuffer) {
    if !paragraph.isCode { return output.append(prose: paragraph.text, classes: lesson == nil ? nil : "dim") }
    output.append("<pre>")
    for line in paragraph.text.split(separator: "\n") {
      output.append(html: line)
      output.append("\n")
    }
    output.append("</pre>\n")
  }

  private func writeLines(to output: inout ExportOutput) throws {
    var number = -1
    for (place, line) in handout.lab.lines.enumerated() {
      switch line.command {
      case .say(let text):
        let isTry = text.hasPrefix("Try")
        if isTry || place < lastReveal || isWhole {
          output.buffer.append(prose: text, classes: isTry ? "try" : nil)
        }
      case .question:
        number += 1
        writeQuestion(number, to: &output.buffer)
      case .reveal:
        if let review, let journal = handout.journal, review.isRevealed(number) {
          writeOutcome(review.parts[number], journal, to: &output.buffer)
        } else {
          output.buffer.append(ruled: "Why do you think so?", lines: 2)
          output.buffer.append(ruled: "What happened, and why?", lines: 3)
        }
      default: continue
      }
      try output.pass()
    }
  }

  private func writeQuestion(_ number: Int, to output: inout ByteBuffer) {
    guard let lesson else { return }
    let part = review.flatMap { number < $0.parts.count ? $0.parts[number] : nil }
    HandoutQuestion(
      number: number, lesson.parts[number], part?.answer, isAsWritten: handout.values.isEmpty,
      socket: part?.socket.flatMap { handout.journal?.socket($0)?.info.name }
    ).write(to: &output)
  }

  private func writeOutcome(_ part: LessonReview.Part, _ journal: Journal, to output: inout ByteBuffer) {
    guard let outcome = part.answer.outcome else { return }
    HandoutScene(journal, part.records, around: part.socket).write(to: &output)
    if outcome.choice == nil { return }
    output.append("<div class=\"because\"><h3>Why</h3>")
    output.append(prose: outcome.revelation.reason)
    output.append("</div>\n")
  }

  /// Behind everything: who wants to think first finds them there.
  private func writeHints(to output: inout ByteBuffer) {
    let hints = lesson?.parts.enumerated().filter {
      review?.isRevealed($0.offset) != true && !$0.element.hints.isEmpty
    }
    guard let hints, !hints.isEmpty else { return }
    output.append("<section class=\"hints\"><h2>Hints</h2>\n")
    for (number, part) in hints {
      for hint in part.hints { output.append(prose: "Question \(number + 1): \(hint)") }
    }
    output.append("</section>\n")
  }

  private func writeHome(to output: inout ByteBuffer) {
    output.append(
      "<section class=\"home\"><h2>At home</h2>\n<p>recvscope runs on Linux: <code>make install</code> in its source puts it under "
    )
    output.append("<code>/usr/local</code>. ")
    let name: String
    if handout.isShipped {
      output.append("This ")
      output.append(lesson == nil ? "lab" : "lesson")
      output.append(" comes with it; to change it take a copy: <code>recvscope labs ")
      output.append(html: handout.name)
      output.append(" &gt; mine.lab</code>.</p>\n")
      name = handout.name
    } else {
      output.append("Save the lines below as <code>mine.lab</code>.</p>\n")
      name = "mine.lab"
    }
    output.append("<table class=\"commands\">\n")
    let plays =
      lesson == nil
      ? "plays it in a terminal, to look around in" : "asks these questions in a terminal, and then plays"
    for (command, meaning) in [
      ("recvscope \(name)", plays), ("recvscope run \(name)", "prints its calls, one a line"),
    ] {
      output.append("<tr><td><code>")
      output.append(html: command)
      output.append("</code></td><td>")
      output.append(html: meaning)
      output.append("</td></tr>\n")
    }
    output.append("</table>\n<pre class=\"listing")
    output.append(isWhole ? "\">" : " short\">")
    output.append(html: { $0.append(text: HandoutListing(handout, isWhole: isWhole).text) })
    output.append("</pre></section>\n<footer>")
    if !isWhole {
      output.append(
        html:
          "The same command without --blank, when all was played, makes the page with what happened, and why. "
      )
    }
    output.append("Written by recvscope ")
    output.append(html: handout.version)
    output.append(".</footer>\n")
  }
}
