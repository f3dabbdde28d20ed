/// Where a lesson stands for those before it: what is on its page, what it waits for, and what they answered.
///
/// It takes in what the lesson tells and what they press; the reply is for the lesson, which waits for it.
public struct LessonState: Sendable {
  /// What it waits for.
  public enum Stop: Sendable, Equatable {
    case page
    case question(round: Int)
    /// The hands are shown, and not which choice is right.
    case split(round: Int)
    /// They talk about it.
    case talk
    case outcome
  }

  public enum Key: Sendable, Equatable {
    case next, hint, skip
    /// One hand for the choice at this place.
    case hand(Int)
    /// The last hand goes down again.
    case takeBack
  }

  /// Why it does not stop.
  private enum Haste: Equatable {
    /// It is on its way back to a question, and what was answered before it counts.
    case to(question: Int, answers: [LessonAnswer])
    case toNextQuestion
  }

  public let lesson: LessonPlan
  /// False where it is played with other values.
  public var isAsWritten = true
  /// The paragraphs since the last stop.
  public private(set) var page: [String] = []
  public private(set) var stop: Stop?
  /// The newest question; nil before the first, and once its outcome was seen.
  public private(set) var current: Int?
  /// Of the questions that were asked so far.
  public private(set) var answers: [LessonAnswer] = []
  /// Hints that were asked for.
  public private(set) var hintsShown = 0
  public private(set) var isOver = false
  private var haste: Haste?
  /// The next paragraph begins a page.
  private var isPageRead = false

  public init(_ lesson: LessonPlan) { self.lesson = lesson }

  /// For one that is played again up to a question.
  public init(_ lesson: LessonPlan, upTo question: Int, keeping answers: [LessonAnswer]) {
    self.lesson = lesson
    haste = .to(question: question, answers: answers)
  }

  public var question: Question? { current.map { lesson.parts[$0].question } }
  public var answer: LessonAnswer? { current.map { answers[$0] } }

  /// The hints of the question that were asked for.
  public var hints: [String] { current.map { Array(lesson.parts[$0].hints.prefix(hintsShown)) } ?? [] }
  public var hasMoreHints: Bool {
    isAsking && current.map { hintsShown < lesson.parts[$0].hints.count } ?? false
  }

  /// Hands go up now.
  public var isAsking: Bool { if case .question? = stop { true } else { false } }
  public var round: Int? { if case .question(let round)? = stop { round } else { nil } }

  /// True if it goes on only with a hand: without one in the second round, those of the first count.
  public var needsHand: Bool { isAsking && answer?.isAnswered == false }

  public var answered: Int { answers.count { $0.isAnswered } }
  public var right: Int { answers.count { $0.isRight == true } }

  /// The question that is the last one, seen from here; nil where there is none before.
  public var previous: Int? {
    guard let last = answers.indices.last else { return nil }
    let isUntouched = stop == .question(round: 1) && !answers[last].isAnswered
    return isUntouched ? (last > 0 ? last - 1 : nil) : last
  }

  // MARK: What the lesson tells

  /// - Returns: what it goes on with at once; nil where it stops, or does not wait.
  public mutating func take(_ event: LessonEvent) -> LessonReply? {
    switch event {
    case .said(let text):
      if isPageRead { (page, current) = ([], nil) }
      isPageRead = false
      page.append(text)
      return nil
    case .asked(let place):
      if isPageRead { page = [] }
      (isPageRead, current, hintsShown) = (false, place, 0)
      answers.append(LessonAnswer(choices: lesson.parts[place].question.choices.count))
      if case .to(place, _)? = haste { haste = nil }
      if haste == .toNextQuestion { haste = nil }
      return ask(round: 1)
    case .discussed:
      if haste == nil, answer?.isAnswered == true {
        stop = .talk
        return nil
      }
      return ask(round: 2)
    case .stepped: return wait(at: .page)
    case .revealed(let outcome):
      answers[answers.count - 1].outcome = outcome
      return wait(at: .outcome)
    case .ended(let isWhole):
      (stop, haste, isOver) = (nil, nil, isWhole)
      return nil
    }
  }

  private mutating func ask(round: Int) -> LessonReply? {
    let place = answers.count - 1
    switch haste {
    case .to(_, let kept)?:
      let rounds = place < kept.count ? kept[place].rounds : []
      let votes = round <= rounds.count ? rounds[round - 1] : []
      answers[place].take(votes)
      return .votes(votes)
    case .toNextQuestion?: return .votes([])
    case nil:
      answers[place].beginRound()
      stop = .question(round: round)
      return nil
    }
  }

  private mutating func wait(at stop: Stop) -> LessonReply? {
    if haste != nil {
      isPageRead = true
      return .goOn
    }
    self.stop = stop
    return nil
  }

  // MARK: What they press

  /// - Returns: what the lesson, which waits, goes on with; nil where it waits on.
  public mutating func take(_ key: Key) -> LessonReply? {
    switch key {
    case .next: return next()
    case .skip:
      guard let stop else { return nil }
      haste = .toNextQuestion
      switch stop {
      case .question, .split: return leaveQuestion()
      case .talk: return leave(with: .votes([]))
      case .page, .outcome: return leave(with: .goOn)
      }
    case .hint:
      if hasMoreHints { hintsShown += 1 }
    case .hand(let choice):
      if isAsking, let question, question.choices.indices.contains(choice) {
        answers[answers.count - 1].raise(choice)
      }
    case .takeBack: if isAsking { _ = answers[answers.count - 1].takeBack() }
    }
    return nil
  }

  private mutating func next() -> LessonReply? {
    switch stop {
    case .page?, .outcome?: return leave(with: .goOn)
    case .question(let round)?:
      if needsHand { return nil }
      // One hand has no split.
      guard answers[answers.count - 1].rounds[round - 1].reduce(0, +) > 1 else { return leaveQuestion() }
      stop = .split(round: round)
      return nil
    case .split?: return leaveQuestion()
    case .talk?:
      _ = ask(round: 2)
      return nil
    case nil: return nil
    }
  }

  private mutating func leaveQuestion() -> LessonReply {
    leave(with: .votes(answers[answers.count - 1].rounds.last ?? []))
  }

  private mutating func leave(with reply: LessonReply) -> LessonReply {
    // What was said before a question stands there while what it asks about happens.
    if stop == .page || stop == .outcome { isPageRead = true }
    stop = nil
    return reply
  }
}
