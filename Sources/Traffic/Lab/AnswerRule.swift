/// `on NAME PATTERN send BURST` or `do COMMAND`: what is done whenever a session has received something.
public struct AnswerRule: Sendable, Equatable {
  public enum Trigger: Sendable, Equatable {
    /// Each time that it ends in what a connection receives.
    case stream(Pattern)
    /// Each whole message that a framing cuts out, if it holds this; nil is every message.
    case message(Pattern?)
  }

  public enum Action: Sendable, Equatable {
    /// A pause at its beginning delays the answer.
    case send(Burst)
    /// The command, and the text that it was written as.
    indirect case perform(Command, text: String)
  }

  public var trigger: Trigger
  public var action: Action

  public init(_ trigger: Trigger, action: Action) {
    self.trigger = trigger
    self.action = action
  }

  /// True if a framing has to say what is answered.
  public var asksMessages: Bool {
    switch trigger {
    case .stream: false
    case .message: true
    }
  }
}

extension AnswerRule.Trigger {
  public var pattern: Pattern? {
    switch self {
    case .stream(let pattern): pattern
    case .message(let pattern): pattern
    }
  }

  /// What `%{1}` to `%{9}` may stand for in the answer. In a stream a match ends as early as it can; a
  /// message is there as a whole.
  public var answerGroups: AnswerGroups {
    guard case .regex(let regex)? = pattern else { return .none }
    switch self {
    case .stream: return regex.answerGroups
    case .message: return AnswerGroups(count: regex.answerGroups.count, open: [])
    }
  }
}
