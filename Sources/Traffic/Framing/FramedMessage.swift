/// A message that a framing has cut out of one way of a stream. A view, never storage: its bytes are the
/// stream's.
public struct FramedMessage: Sendable, Equatable {
  public var way: Direction
  /// Of this way, from 1.
  public var number: Int
  /// Its bytes in the stream, the framing's own included. What is too long is told as soon as it says so:
  /// then it ends where it would, though its bytes may never come.
  public var range: Range<Int64>
  /// Where its content lies: what follows its header or length, or comes before its delimiter. Escapes and
  /// chunk sizes are still in it.
  public var payload: Range<Int64>
  /// When the piece was there that holds its first byte.
  public var began: Nanoseconds
  /// When the piece was there that holds its last byte so far.
  public var time: Nanoseconds
  /// The framing's own word for it; nil where it has none.
  public var kind: MessageKind?
  /// What is wrong with it; nil if nothing is.
  public var broken: BrokenMessage?
  public var notes: MessageNotes

  public init(
    way: Direction, number: Int, range: Range<Int64>, payload: Range<Int64>, began: Nanoseconds,
    time: Nanoseconds, kind: MessageKind? = nil, broken: BrokenMessage? = nil, notes: MessageNotes = []
  ) {
    self.way = way
    self.number = number
    self.range = range
    self.payload = payload
    self.began = began
    self.time = time
    self.kind = kind
    self.broken = broken
    self.notes = notes
  }
}
