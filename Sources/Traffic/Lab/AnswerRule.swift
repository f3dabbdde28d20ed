/// `on NAME PATTERN send BURST` or `do COMMAND`: what is done whenever a session has received something.
public struct AnswerRule: Sendable, Equatable {
  public enum Action: Sendable, Equatable {
    /// A pause at its beginning delays the answer.
    case send(Burst)
    /// The command, and the text that it was written as.
    indirect case perform(Command, text: String)
  }

  public var pattern: Pattern
  public var action: Action

  public init(pattern: Pattern, action: Action) {
    self.pattern = pattern
    self.action = action
  }
}
