import Traffic

/// Those before a lesson.
public protocol LessonAudience: Sendable {
  /// They see what came of each question: nobody need tell them that it was none of the choices.
  var seesOutcomes: Bool { get }
  /// Takes in what the lesson tells. Where it waits, returns when it goes on.
  func take(_ event: LessonEvent) -> LessonReply
  /// The lesson is left: it waits for nothing more.
  func leave()
}
