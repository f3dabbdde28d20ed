/// How one way of a relayed connection passes on what it received. With nothing set bytes pass at once, one recv one send.
public struct PassageRules: Sendable, Equatable {
  /// Bytes of each send, from 1; drawn anew for each where the bounds differ. Nil cuts nothing.
  public var slice: ClosedRange<Int>?
  /// Decides what is drawn; nil leaves that to the relay.
  public var seed: UInt64?
  /// Pause between two sends at least; 0 for none.
  public var gap: Nanoseconds = 0
  /// How long bytes wait for more that they can be joined with; 0 joins nothing.
  public var coalesce: Nanoseconds = 0
  /// How long each byte stays inside at least.
  public var delay: Nanoseconds = 0
  /// Bytes a second; nil for as many as come.
  public var rate: Int?
  /// Each send waits until the program at the other end has received what was sent before.
  public var needsProof = false

  public init() {}

  /// The most bytes of one send where there is a rate, so that they leave evenly: what is due in 20 ms.
  var rateStep: Int { rate.map { max(1, $0 / 50) } ?? .max }
}
