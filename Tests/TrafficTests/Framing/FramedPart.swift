@testable import Traffic

/// A part of a stream as a case of a framing writes it: a message, what belongs to none, or bytes that are
/// gone.
struct FramedPart: Sendable {
  var way = Direction.received
  var bytes: [UInt8]
  /// Bytes before and behind its payload.
  var head = 0
  var tail = 0
  var kind: MessageKind?
  var broken: BrokenMessage?
  var notes: MessageNotes = []
  /// What it says to be long, where that is more than it is.
  var length: Int?
  var isMessage = true
  /// Before its first byte.
  var pause: Nanoseconds = 0
  /// So many of its last bytes are never seen.
  var gone = 0

  static func message(
    _ bytes: [UInt8], head: Int = 0, tail: Int = 0, _ kind: MessageKind? = nil,
    _ broken: BrokenMessage? = nil,
    _ notes: MessageNotes = [], length: Int? = nil, gone: Int = 0
  ) -> FramedPart {
    FramedPart(
      bytes: bytes, head: head, tail: tail, kind: kind, broken: broken, notes: notes, length: length,
      gone: gone)
  }

  static func message(
    _ text: String, head: Int = 0, tail: Int = 0, _ kind: MessageKind? = nil, _ broken: BrokenMessage? = nil,
    _ notes: MessageNotes = [], length: Int? = nil, gone: Int = 0
  ) -> FramedPart {
    message(
      Array(text.utf8), head: head, tail: tail, kind, broken, notes, length: length, gone: gone)
  }

  /// An HTTP message with its head and what follows it.
  static func http(
    _ head: String, _ body: String, _ kind: MessageKind, _ broken: BrokenMessage? = nil,
    _ notes: MessageNotes = []
  ) -> FramedPart {
    message(head + body, head: head.utf8.count, kind, broken, notes)
  }

  static func http(
    _ head: String, _ kind: MessageKind, _ broken: BrokenMessage? = nil, _ notes: MessageNotes = []
  ) -> FramedPart {
    http(head, "", kind, broken, notes)
  }

  /// What follows where the framing has lost its place.
  static func rest(_ bytes: [UInt8], _ broken: BrokenMessage) -> FramedPart { message(bytes, .rest, broken) }
  static func rest(_ text: String, _ broken: BrokenMessage) -> FramedPart { message(text, .rest, broken) }

  /// What belongs to no message.
  static func none(_ bytes: [UInt8]) -> FramedPart { FramedPart(bytes: bytes, isMessage: false) }
  static func none(_ text: String) -> FramedPart { none(Array(text.utf8)) }

  /// The same, sent.
  var sent: FramedPart {
    var part = self
    part.way = .sent
    return part
  }

  func after(_ pause: Nanoseconds) -> FramedPart {
    var part = self
    part.pause = pause
    return part
  }
}
