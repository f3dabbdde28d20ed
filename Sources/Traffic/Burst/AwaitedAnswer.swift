/// What must have been received before a replay goes on.
public struct AwaitedAnswer: Sendable, Equatable {
  /// Since the connection began.
  public var bytes: Int64
  /// Nothing more came after these.
  public var isEnd: Bool
  /// How long it is waited for.
  public var limit: Nanoseconds
}
