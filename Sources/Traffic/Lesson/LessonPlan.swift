/// What makes a lab a lesson: the questions that it asks, in their order.
public struct LessonPlan: Sendable, Equatable {
  /// A question with what stands between it and its `reveal`.
  public struct Part: Sendable, Equatable {
    public var question: Question
    public var hints: [String] = []
    /// It is asked once more when they have talked about it.
    public var isDiscussed = false
  }

  public private(set) var parts: [Part] = []

  /// Nil if the lab has nothing of a lesson.
  public init?(_ lab: Lab) {
    var isLesson = false
    for line in lab.lines {
      switch line.command {
      case .question(let question): parts.append(Part(question: question))
      case .hint(let text): parts[parts.count - 1].hints.append(text)
      case .discuss: parts[parts.count - 1].isDiscussed = true
      case .say, .step, .reveal: break
      default: continue
      }
      isLesson = true
    }
    if !isLesson { return nil }
  }
}
