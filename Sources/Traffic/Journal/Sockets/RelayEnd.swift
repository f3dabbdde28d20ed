/// One of the two sockets of a relay's pair.
public enum RelayEnd: String, CaseIterable, Sendable {
  /// The one that accept(2) returned.
  case client
  /// The one that called connect(2).
  case target

  /// The way of the bytes that it receives.
  public var way: Way { self == .client ? .up : .down }

  public var other: RelayEnd { self == .client ? .target : .client }
}
