/// Finds where the messages of one way end. A value: a copy goes on from where it was made.
///
/// What it makes of some bytes never depends on the pieces that they come in.
protocol Cutter: Sendable {
  /// True if the content of a message begins with its first byte; else the cutter tells where.
  static var contentIsAtStart: Bool { get }

  /// Reads a piece to its end, or up to where the framing is lost. An empty piece tells only the time.
  mutating func take(_ reader: inout MessageReader)

  /// Goes on behind bytes that are not held: true if they all belong to the open message, whose end is known
  /// without them. Closes it if it ends there.
  mutating func pass(_ count: Int64, _ reader: inout MessageReader) -> Bool

  /// What is known of an offset, without the bytes before it.
  func knowledge(of offset: Int64) -> MessageBoundary

  /// True if the end of stream ends the open message, and does not cut it.
  var isWholeAtEnd: Bool { get }
}

/// What a framing knows of a place in the stream where it has seen nothing before.
enum MessageBoundary {
  /// A message begins there.
  case known
  /// The first end of a message that comes is one.
  case next
  /// No message can ever be found behind it.
  case never
}

extension Cutter {
  static var contentIsAtStart: Bool { false }
  mutating func pass(_ count: Int64, _ reader: inout MessageReader) -> Bool { false }
  func knowledge(of offset: Int64) -> MessageBoundary { .never }
  var isWholeAtEnd: Bool { false }
}
