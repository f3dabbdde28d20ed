/// What passed when, in slots of equal width. However long it takes, the slots are few: where they do not suffice, each two
/// become one.
public struct Timeline: Sendable, Equatable {
  public struct Slot: Sendable, Equatable {
    public var received: Int64 = 0
    public var sent: Int64 = 0
    public var messages = 0

    static func += (slot: inout Slot, other: Slot) {
      slot.received += other.received
      slot.sent += other.sent
      slot.messages += other.messages
    }
  }

  public static let most = 512

  /// When the first slot begins; nil while there is none.
  public private(set) var start: Nanoseconds?
  /// Time that one slot takes.
  public private(set) var width: Nanoseconds = 1_000_000
  public private(set) var slots: [Slot] = []

  public init() {}

  public mutating func add(_ amount: Slot, at time: Nanoseconds) {
    let start = self.start ?? time
    self.start = start
    // A call that is recorded late may have been before the first.
    while (max(0, time - start)) / width >= Int64(Self.most) { halve() }
    let place = Int(max(0, time - start) / width)
    if place >= slots.count { slots += repeatElement(Slot(), count: place + 1 - slots.count) }
    slots[place] += amount
  }

  private mutating func halve() {
    slots = stride(from: 0, to: slots.count, by: 2).map { place in
      var slot = slots[place]
      if place + 1 < slots.count { slot += slots[place + 1] }
      return slot
    }
    width *= 2
  }

  /// The same in so many slots at most.
  public func condensed(to count: Int) -> Timeline {
    var line = self
    while line.slots.count > max(1, count) { line.halve() }
    return line
  }
}
