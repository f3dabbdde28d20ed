/// Payloads and pauses, sent on a schedule: the plain data of a burst's text.
public struct Burst: Sendable, Equatable {
  public var steps: [BurstStep]

  public init(steps: [BurstStep] = []) { self.steps = steps }
}
