/// A flag of send(2) that a burst can ask for, by its word there.
public enum SendFlag: String, CaseIterable, Sendable {
  /// MSG_OOB: the last byte is urgent.
  case outOfBand = "oob"
  /// MSG_MORE: more is to come, so that TCP keeps a part segment, and UDP a datagram, back for it.
  case more

  /// The flag that the call gets.
  public var flag: MessageFlags {
    switch self {
    case .outOfBand: .outOfBand
    case .more: .more
    }
  }

  /// The one of them that a call was given; nil if it was given none.
  public init?(_ flags: MessageFlags) {
    guard let flag = Self.allCases.first(where: { flags.contains($0.flag) }) else { return nil }
    self = flag
  }
}
