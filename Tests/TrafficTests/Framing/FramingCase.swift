import Testing

@testable import Traffic

/// A stream that is made of the messages that a framing has to find in it.
struct FramingCase: Sendable, CustomTestStringConvertible {
  var name: String
  var framing: Framing
  var parts: [FramedPart]
  /// It ends with an RST.
  var isReset: Bool

  init(_ name: String, _ framing: String, isReset: Bool = false, _ parts: [FramedPart]) {
    self.name = name
    // A case that cannot be read fails its own test.
    self.framing = (try? Framing(parsing: framing)) ?? .unframed
    self.parts = parts
    self.isReset = isReset
  }

  var testDescription: String { "\(framing.text): \(name)" }

  /// What passed in one go: the bytes of one way up to a pause, to the other way's or to bytes that are gone.
  var stretches: [FramedStretch] {
    var stretches: [FramedStretch] = []
    var positions: [Direction: Int64] = [:]
    for part in parts {
      let start = positions[part.way, default: 0]
      let seen = part.bytes.dropLast(part.gone)
      if let last = stretches.last, last.way == part.way, part.pause == 0, last.end == start {
        stretches[stretches.count - 1].bytes += seen
      } else {
        stretches.append(FramedStretch(way: part.way, offset: start, bytes: Array(seen), pause: part.pause))
      }
      positions[part.way] = start + Int64(part.bytes.count)
    }
    return stretches
  }

  /// What has to be found, without times.
  func expected(_ way: Direction) -> [FramedMessage] {
    var messages: [FramedMessage] = []
    var start: Int64 = 0
    for part in parts where part.way == way {
      let end = start + Int64(part.length ?? part.bytes.count)
      if part.isMessage {
        messages.append(
          FramedMessage(
            way: way, number: messages.count + 1, range: start..<end,
            payload: start + Int64(part.head)..<end - Int64(part.tail), began: 0, time: 0, kind: part.kind,
            broken: part.broken, notes: part.notes))
      }
      start += Int64(part.bytes.count)
    }
    return messages
  }

  static let all = simple + lengths + presets + json + resp + http + webSocket + missing
}

/// Bytes of one way that passed in one go.
struct FramedStretch: Sendable {
  var way: Direction
  var offset: Int64
  var bytes: [UInt8]
  var pause: Nanoseconds = 0

  var end: Int64 { offset + Int64(bytes.count) }
}
