import Synchronization
import Traffic

/// Nobody who could press a key: the answers are written down, and the lesson stops nowhere.
public final class WrittenAnswers: LessonAudience {
  private let lesson: LessonPlan?
  /// By question, from 1; those without one are not answered.
  private let answers: [Int]
  private let current = Mutex(0)

  public init(_ answers: [Int] = [], to lesson: LessonPlan? = nil) {
    (self.answers, self.lesson) = (answers, lesson)
  }

  /// Why these are no answers to a lab's questions; nil if they are.
  public static func mistake(in answers: [Int], to lesson: LessonPlan?) -> String? {
    guard !answers.isEmpty else { return nil }
    guard let lesson else { return "the lab asks nothing: it is no lesson" }
    let count = lesson.parts.count
    if answers.count > count {
      return "\(answers.count) answers to \(count) question\(count == 1 ? "" : "s")"
    }
    for (place, answer) in answers.enumerated() {
      let choices = lesson.parts[place].question.choices.count
      if !(1...choices).contains(answer) {
        return "question \(place + 1) has the choices 1 to \(choices), and \(answer) is none of them"
      }
    }
    return nil
  }

  public var seesOutcomes: Bool { false }

  public func take(_ event: LessonEvent) -> LessonReply {
    switch event {
    case .said, .stepped, .revealed, .ended: return .goOn
    case .asked(let place):
      current.withLock { $0 = place }
      return votes(for: place)
    case .discussed: return votes(for: current.withLock { $0 })
    }
  }

  private func votes(for place: Int) -> LessonReply {
    guard let lesson, place < answers.count else { return .votes([]) }
    var votes = Array(repeating: 0, count: lesson.parts[place].question.choices.count)
    votes[answers[place] - 1] = 1
    return .votes(votes)
  }

  public func leave() {}
}
