/// One thing that a burst does, and when.
public struct ScheduledAction: Sendable, Equatable {
  public enum Action: Sendable, Equatable {
    /// One send() of these bytes.
    case send([UInt8])
    /// The same with a flag.
    case sendFlagged([UInt8], SendFlag)
    case cork
    case uncork
    case shutdown
    case close
    case reset
  }

  /// An answer, and when it had come then: what follows it keeps its distance from it.
  public struct Answer: Sendable, Equatable {
    public var awaited: AwaitedAnswer
    /// Counted from the burst's beginning.
    public var time: Nanoseconds
  }

  /// When, counted from the burst's beginning.
  public var time: Nanoseconds
  /// Index of the action in the burst, from 0.
  public var step: Int
  public var action: Action
  /// Of a replay: what must have been received before. Nil if nothing is waited for.
  public var answer: Answer?

  public init(time: Nanoseconds, step: Int, action: Action, answer: Answer? = nil) {
    self.time = time
    self.step = step
    self.action = action
    self.answer = answer
  }

  /// The bytes that it sends; nil if it is no send.
  var payload: [UInt8]? {
    switch action {
    case .send(let payload), .sendFlagged(let payload, _): payload
    case .cork, .uncork, .shutdown, .close, .reset: nil
    }
  }
}
