/// A message with the calls that it came in, or that it went out by.
public struct FoundMessage: Sendable, Equatable {
  public var message: FramedMessage
  /// Numbers of the first and the last recv() or send() of its socket that has a byte of it; nil if they are not known.
  public var calls: ClosedRange<Int>?
}
