import Traffic

/// What there is to say of the chosen bar or size, or why there are no further runs.
struct TrialsWords {
  typealias Line = (text: String, role: Role)

  let state: TrialsState
  /// The key that shows its run.
  let key: String
  let width: Int

  /// How far it is: `120 of 300 runs`.
  var progress: String {
    guard let news = state.news else { return "" }
    let (done, total) = (Units.count(news.done), Units.count(news.request.total))
    let runs = news.request.total == 1 ? "run" : "runs"
    let sizes = news.request.sizes.count
    let each =
      sizes > 1 ? ", \(Units.count(news.request.count)) with each of \(sizes) sizes" : ""
    if !news.isOver { return "\(done) of \(total) \(runs)\(each)" }
    return news.done < news.request.total
      ? "stopped after \(done) of \(total) \(runs)" : "\(total) \(runs)\(each)"
  }

  /// As many as there is room for.
  func lines(most: Int) -> [Line] {
    guard most > 0, let news = state.news else { return [] }
    if let failure = news.failure {
      return Array(paragraph("! \(SafeText.string(failure))", .error).prefix(most))
    }
    guard let run = state.run else {
      if news.done > 0 { return [("no run had a socket to count", .muted)] }
      return news.isOver ? [] : [("the first run is under way", .muted)]
    }
    let sentence = paragraph(sentence(run, news), .text)
    let meaning = paragraph(meaning(run, news) ?? "", .muted)
    let rest = sentence + (sentence.count + meaning.count < most ? meaning : [])
    let head = results(of: run, room: max(1, most - rest.count))
    return Array((head + rest).prefix(most))
  }

  /// All that the calls of the chosen bar returned, in so many lines.
  private func results(of run: (run: Int, socket: String), room: Int) -> [Line] {
    guard let cursor = state.cursor, case .bar(_, let row) = state.lines[cursor] else { return [] }
    let words = "\(run.socket): "
    // Broken at blanks, a line may end a word early.
    let text = row.results.text(in: max(8, room * (width - 8) - words.count))
    return Array(paragraph(words + text, .strong).prefix(room))
  }

  private func sentence(_ run: (run: Int, socket: String), _ news: TrialsNews) -> String {
    let shows =
      news.kept.contains(run.run)
      ? "\(key) shows it." : "It is not kept: there is room for the first ones only."
    if news.isSweep {
      return "Run \(Units.count(run.run)) was the first with recv(\(state.chosenSize ?? 0)); \(shows)"
    }
    guard let cursor = state.cursor, case .bar(_, let row) = state.lines[cursor] else { return "" }
    let calls = "\(Units.count(row.results.calls)) call\(row.results.calls == 1 ? "" : "s")"
    let runs =
      row.count == news.done
      ? "each of \(Units.count(news.done))" : "\(Units.count(row.count)) of \(Units.count(news.done))"
    return "\(calls), in \(runs) runs,"
      + " first in run \(Units.count(run.run)). \(shows)"
  }

  /// What follows where there are several outcomes.
  private func meaning(_ run: (run: Int, socket: String), _ news: TrialsNews) -> String? {
    guard !news.isSweep, news.tally.inOrder(run.socket).count > 1 else { return nil }
    return "Any of them may come. How often says nothing of other machines, or of this one when it is busy."
  }

  private func paragraph(_ text: String, _ role: Role) -> [Line] {
    text.isEmpty ? [] : Paragraph.lines(text, width: max(1, width)).map { ($0, role) }
  }
}
