import Traffic

/// Those before a lesson.
public protocol LessonAudience: Sendable {
  /// Takes in what the lesson tells. Where it waits, returns when it goes on.
  func take(_ event: LessonEvent) -> LessonReply
  /// The lesson is left: it waits for nothing more.
  func leave()
}
