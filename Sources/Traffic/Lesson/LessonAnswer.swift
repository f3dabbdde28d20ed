/// What became of one question.
public struct LessonAnswer: Sendable, Equatable {
  /// Hands by choice, in the first round and in the second.
  public private(set) var rounds: [[Int]] = []
  public internal(set) var outcome: LessonOutcome?
  private let choices: Int
  /// The hands of the round under way, in the order they went up.
  private var raised: [Int] = []

  init(choices: Int) { self.choices = choices }

  /// The rounds in which there were any hands.
  public var answeredRounds: [[Int]] { rounds.filter { $0.contains { $0 > 0 } } }

  /// The hands of the newest of them.
  public var votes: [Int]? { answeredRounds.last }

  public var isAnswered: Bool { votes != nil }

  /// The places of the choices that most are for: several, if as many are for each.
  public var favourites: [Int] { votes.map(Self.favourites) ?? [] }

  /// True if what most think is what happened; nil while that is unknown.
  public var isRight: Bool? {
    guard let outcome, isAnswered else { return nil }
    return favourites == [outcome.choice]
  }

  public static func favourites(_ votes: [Int]) -> [Int] {
    guard let most = votes.max(), most > 0 else { return [] }
    return votes.indices.filter { votes[$0] == most }
  }

  /// The choice that the newest hand of the round under way is for.
  public var newest: Int? { raised.last }

  mutating func beginRound() {
    rounds.append(Array(repeating: 0, count: choices))
    raised = []
  }

  /// One more hand for a choice.
  mutating func raise(_ choice: Int) {
    rounds[rounds.count - 1][choice] += 1
    raised.append(choice)
  }

  /// One hand less: the last that went up.
  /// - Returns: false if there was none.
  mutating func takeBack() -> Bool {
    guard let choice = raised.popLast() else { return false }
    rounds[rounds.count - 1][choice] -= 1
    return true
  }

  /// Takes over what a round was answered before.
  mutating func take(_ votes: [Int]) { rounds.append(votes) }

  /// The same hands with another outcome.
  func with(_ outcome: LessonOutcome?) -> LessonAnswer {
    var answer = self
    answer.outcome = outcome
    return answer
  }
}
