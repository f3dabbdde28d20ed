/// How a relay passes bytes on, and how much of them it keeps.
public struct RelayRules: Sendable, Equatable {
  public var up = PassageRules()
  public var down = PassageRules()
  /// Bytes inside, each way, before the side that they come from is no longer read.
  public var buffer = 65_536
  /// How long a pair may be silent when one side of it has ended; nil for ever.
  public var halfCloseLimit: Nanoseconds?

  public init() {}

  /// A seed for what is drawn, where none was given.
  public mutating func settle(seed: UInt64) {
    for way in Way.allCases { self[way].seed = self[way].seed ?? seed }
  }

  public subscript(way: Way) -> PassageRules {
    get { way == .up ? up : down }
    set { if way == .up { up = newValue } else { down = newValue } }
  }

  /// The seed of a pair: that of the options for the first, the next for the second.
  public func of(pair number: Int) -> RelayRules {
    var rules = self
    for way in Way.allCases { rules[way].seed = rules[way].seed.map { $0 &+ UInt64(number - 1) } }
    return rules
  }
}
