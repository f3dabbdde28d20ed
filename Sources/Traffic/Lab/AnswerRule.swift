/// `on NAME PATTERN send BURST`: what a session sends whenever it has received something.
public struct AnswerRule: Sendable, Equatable {
  public var pattern: Pattern
  /// A pause at its beginning delays the answer.
  public var burst: Burst

  public init(pattern: Pattern, burst: Burst) {
    self.pattern = pattern
    self.burst = burst
  }
}
