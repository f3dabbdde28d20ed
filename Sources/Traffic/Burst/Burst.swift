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
  /// - Parameter line: number of the text's first line, for errors.
  public init(parsing text: String, line: Int = 1) throws(SyntaxError) {
    var parser = BurstParser(TextCursor(text, line: line))
    self = try parser.takeBurst()
  }
}
