import Traffic

/// A page of the lesson or lab that is played, to take home.
public struct HandoutRequest: Sendable, Equatable {
  /// As it was typed.
  public var path: String
  /// An exercise sheet, without outcomes.
  public var isBlank: Bool
  /// The hands as they stand, by question.
  public var answers: [LessonAnswer]
}
