/// Payloads and pauses, sent on a schedule: the plain data of a burst's text.
public struct Burst: Sendable, Equatable {
  public var steps: [BurstStep]

  /// `within D`: how late a send may be without the burst counting as failed; nil if the user does not mind.
  public var tolerance: Nanoseconds?

  public init(steps: [BurstStep] = [], tolerance: Nanoseconds? = nil) {
    self.steps = steps
    self.tolerance = tolerance
  }

  /// Reads a burst's text, such as `"12345" 100ms "a"*50`.
  /// - Parameters:
  ///   - line: number of the text's first line, for errors.
  ///   - groups: those of the pattern that it answers to, for `%{1}`.
  public init(
    parsing text: String, line: Int = 1, answering groups: AnswerGroups? = nil
  ) throws(SyntaxError) {
    var parser = BurstParser(TextCursor(text, line: line), answering: groups ?? .none)
    self = try parser.takeBurst()
  }
}
