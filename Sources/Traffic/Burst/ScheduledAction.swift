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

  /// When, counted from the burst's beginning.
  public var time: Nanoseconds
  /// Index of the action in the burst, from 0.
  public var step: Int
  public var action: Action

  public init(time: Nanoseconds, step: Int, action: Action) {
    self.time = time
    self.step = step
    self.action = action
  }
}
