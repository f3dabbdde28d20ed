import Traffic

/// What a lesson says now, in lines: its paragraphs, the question with its choices and hands, and what happened.
struct LessonPage {
  struct Span {
    var text: String
    var role = Role.text
  }

  struct Line {
    var spans: [Span] = []
    /// A click on it is a hand for this choice.
    var choice: Int?
  }

  /// Longer ones are hard to read from the last row.
  private static let longestLine = 68
  private static let longestBar = 20

  private(set) var lines: [Line] = []
  private let width: Int

  /// Blank lines: between choices as well, before what is a thing of its own, or none behind the question.
  enum Spacing: Int, CaseIterable { case dense, usual, wide }

  /// The page with as many blank lines as there is room for.
  /// - Parameters:
  ///   - width: of the pane.
  ///   - height: lines that it may take.
  static func fitting(
    _ state: LessonState, _ keys: KeyMap, width: Int, height: Int, isBig: Bool
  ) -> LessonPage {
    let isPast = state.answer?.outcome != nil
    // What happened is read beside the table, which wants its rows.
    let height = isPast ? height - leftToTable : height
    let spacings = Spacing.allCases.reversed().drop { $0 == .wide && (!isBig || isPast) }
    let pages = spacings.lazy.map { LessonPage(state, keys, width: width, spacing: $0) }
    return pages.first { $0.lines.count <= height } ?? LessonPage(state, keys, width: width, spacing: .dense)
  }

  private static let leftToTable = 3

  private let spacing: Spacing

  /// - Parameter width: of the pane.
  init(_ state: LessonState, _ keys: KeyMap, width: Int, spacing: Spacing = .usual) {
    self.spacing = spacing
    self.width = max(1, min(Self.longestLine, width - 2))
    let isPast = state.answer?.outcome != nil
    if !isPast { for paragraph in state.page { add(paragraph) } }
    if let question = state.question, let answer = state.answer {
      add(question.text, .strong)
      addChoices(question, answer, state)
      for hint in state.hints { add("Hint: \(hint)", .mark) }
      if let outcome = answer.outcome {
        addOutcome(outcome, question, answer, isAsWritten: state.isAsWritten)
      }
    }
    if let words = Self.words(state, keys) { add(words, .muted) }
  }

  /// A paragraph; an empty line stands before it, unless it belongs to what is above.
  private mutating func add(_ text: String, _ role: Role = .text, isClose: Bool = false) {
    if !lines.isEmpty, !isClose { lines.append(Line()) }
    for line in Paragraph.lines(SafeText.string(text), width: width) {
      lines.append(Line(spans: [Span(text: line, role: role)]))
    }
  }

  // MARK: The choices

  private mutating func addChoices(
    _ question: Question, _ answer: LessonAnswer, _ state: LessonState
  ) {
    // Who sees what others think thinks no more. And a round without a hand tells nothing.
    let rounds = (state.isAsking ? answer.rounds.dropLast() : answer.rounds[...]).filter {
      $0.contains { $0 > 0 }
    }
    let bars = rounds.isEmpty ? 0 : rounds.count > 1 ? 30 : Self.longestBar + 4
    let room = max(12, width - 4 - bars)
    let texts = question.choices.map { Paragraph.lines(SafeText.string($0.text), width: room) }
    let widest = texts.joined().map { SafeText.width($0) }.max() ?? 0
    for (place, text) in texts.enumerated() {
      if spacing == .wide, place > 0 { lines.append(Line()) }
      let isRight = answer.outcome?.choice == place
      for (index, piece) in text.enumerated() {
        var spans = [
          Span(text: index == 0 ? " \(place + 1)  " : "    ", role: .key),
          Span(text: index == 0 ? piece.padded(to: widest) : piece, role: isRight ? .good : .text),
        ]
        if index == 0 { spans += hands(for: place, rounds) }
        lines.append(Line(spans: spans, choice: state.stop == nil ? nil : place))
      }
    }
  }

  /// How many are for it, in each round.
  private func hands(for place: Int, _ rounds: [[Int]]) -> [Span] {
    let most = rounds.joined().max() ?? 0
    let longest = rounds.count > 1 ? Self.longestBar / 2 : Self.longestBar
    return rounds.enumerated().flatMap { round, votes -> [Span] in
      let count = place < votes.count ? votes[place] : 0
      let cells = count == 0 ? 0 : max(1, min(count, count * longest / max(most, longest)))
      let text = String(repeating: "█", count: cells) + (count > 0 ? " \(count)" : "0")
      let isLast = round == rounds.count - 1
      return [
        Span(text: round == 0 ? "  " : "→ ", role: .muted),
        Span(text: isLast ? text : text.padded(to: longest + 4), role: .key),
      ]
    }
  }

  // MARK: What happened

  private mutating func addOutcome(
    _ outcome: LessonOutcome, _ question: Question, _ answer: LessonAnswer, isAsWritten: Bool
  ) {
    let isDense = spacing == .dense
    if !isDense { lines.append(Line()) }
    let favourites = answer.favourites
    if favourites.count == 1 {
      addLane("predicted", question.choices[favourites[0]].boxes, .laneSend)
    } else if !favourites.isEmpty {
      let choices = favourites.map { "\($0 + 1)" }.joined(separator: " and ")
      lines.append(Line(spans: [Span(text: " predicted \(choices), as many hands each", role: .muted)]))
    }
    addLane("happened", outcome.revelation.got.boxes, .laneReceive)
    let verdict = LessonVerdict(outcome, answer, isAsWritten: isAsWritten)
    add(verdict.text, verdict.isRight ? .good : .warning, isClose: true)
    if outcome.choice != nil { add(outcome.revelation.reason, isClose: isDense) }
  }

  /// What was said to come and what came, in the same form below each other.
  private mutating func addLane(_ word: String, _ boxes: [String], _ role: Role) {
    var spans = [Span(text: " \(word.padded(to: 10))", role: .muted)]
    var room = width - 12
    for box in boxes {
      let text = "▐\(SafeText.string(box))▌"
      room -= SafeText.width(text)
      if room < 1 {
        spans.append(Span(text: "…", role: .muted))
        break
      }
      spans.append(Span(text: text, role: role))
    }
    lines.append(Line(spans: spans))
  }

  // MARK: What is to be done

  /// What it waits for.
  private static func words(_ state: LessonState, _ keys: KeyMap) -> String? {
    let next = keys.label(.lessonNext) ?? "lesson-next"
    switch state.stop {
    // The bottom line says how to go on.
    case .page?, .outcome?: return nil
    case .question(let round)?:
      let count = state.question?.choices.count ?? 0
      let hands = state.answer?.rounds.last?.reduce(0, +) ?? 0
      if hands == 0, round > 1 { return "Once more: 1 to \(count), or \(next) if you stay with it." }
      if hands == 0 { return "What do you think? Press 1 to \(count): one press, one hand." }
      let newest = (state.answer?.newest ?? 0) + 1
      return hands == 1
        ? "1 hand, for \(newest). \(next) shows what happens; more hands: press again."
        : "\(hands) hands, the newest for \(newest). \(next) shows the split."
    case .split?: return "This is how you are split. \(next) goes on."
    case .talk?: return "Talk about it: why do you think so? Then \(next) asks once more."
    case nil:
      guard state.isOver else { return nil }
      let count = state.lesson.parts.count
      let again = keys.label(.again) ?? "again"
      let score = count == 0 ? "" : " \(state.right) of \(count) predicted right."
      return "The end.\(score) \(again) plays it once more, \(keys.label(.labs) ?? "labs") offers others."
    }
  }
}

extension Choice {
  /// As boxes of a lane.
  fileprivate var boxes: [String] {
    if case .results(let results) = outcome, label == nil { return results.map { $0.text } }
    return [text]
  }
}

extension String {
  fileprivate var boxes: [String] {
    let parts = split(separator: " ").map(String.init)
    // A number and its unit, or words, are one thing.
    return parts.allSatisfy { part in part.allSatisfy { $0.isNumber || $0.isUppercase } } ? parts : [self]
  }
}
