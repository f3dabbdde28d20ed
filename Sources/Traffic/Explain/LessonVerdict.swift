/// What is said when a question has its outcome: which choice it was, and how many were for it.
public struct LessonVerdict: Sendable, Equatable {
  public let text: String
  /// One of the choices came true, and nobody was for another one, or fewer were.
  public let isRight: Bool

  /// - Parameter isAsWritten: false where the lesson is played with other values.
  public init(_ outcome: LessonOutcome, _ answer: LessonAnswer, isAsWritten: Bool) {
    guard let right = outcome.choice else {
      let why =
        isAsWritten
        ? "This kernel does otherwise than the lesson says" : "They are for the values that the lesson has"
      let measure = "\(outcome.revelation.measure) gave \(outcome.revelation.got)"
      self.init("\(measure), which is none of the choices. \(why).", isRight: false)
      return
    }
    guard let votes = answer.votes else {
      self.init("It was choice \(right + 1).", isRight: true)
      return
    }
    let all = votes.reduce(0, +)
    if all == 1 {
      let isRight = votes[right] == 1
      self.init(
        isRight
          ? "It was choice \(right + 1), as you said."
          : "It was choice \(right + 1), not \((answer.favourites.first ?? 0) + 1).", isRight: isRight)
      return
    }
    let rounds = answer.answeredRounds
    let change = rounds.count > 1 ? ", \(rounds[0][right]) before they talked" : ""
    self.init(
      "It was choice \(right + 1): \(votes[right]) of \(all) said so\(change).",
      isRight: answer.isRight == true)
  }

  private init(_ text: String, isRight: Bool) { (self.text, self.isRight) = (text, isRight) }
}
