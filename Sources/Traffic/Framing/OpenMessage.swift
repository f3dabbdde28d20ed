/// The message of one way that is not complete yet.
struct OpenMessage: Sendable {
  let way: Direction
  private let contentIsAtStart: Bool
  private(set) var number = 1
  private(set) var start: Int64
  var began: Nanoseconds = 0
  /// Where its content begins; nil as long as that is not known.
  var content: Int64?
  /// Where it ends, if it has said so.
  var end: Int64?
  var kind: MessageKind?
  var broken: BrokenMessage?
  var notes: MessageNotes = []
  /// The framing has lost its place: all that comes belongs to this one.
  var isLost = false

  init(_ way: Direction, at start: Int64, contentIsAtStart: Bool) {
    self.way = way
    self.contentIsAtStart = contentIsAtStart
    self.start = start
    content = contentIsAtStart ? start : nil
  }

  /// The message as it would be if it ended at an offset.
  func message(upTo end: Int64, contentEnd: Int64? = nil, time: Nanoseconds) -> FramedMessage {
    let last = contentEnd ?? end
    return FramedMessage(
      way: way, number: number, range: start..<end, payload: min(content ?? last, last)..<last,
      began: began, time: time, kind: kind, broken: broken, notes: notes)
  }

  /// Begins the next one.
  mutating func next(at start: Int64, began: Nanoseconds) {
    number += 1
    restart(at: start, began: began)
  }

  /// Begins the next one, where nothing is known of this one.
  @inline(__always)
  mutating func skip(to start: Int64) {
    number += 1
    self.start = start
    if contentIsAtStart { content = start }
  }

  /// Begins again: what came before belongs to no message.
  mutating func restart(at start: Int64, began: Nanoseconds) {
    self.start = start
    self.began = began
    content = contentIsAtStart ? start : nil
    end = nil
    kind = nil
    broken = nil
    notes = []
  }
}
