import Fuzzing

@testable import Traffic

/// Stretches of a stream that are cut into pieces and framed.
struct FramingRun {
  /// How a stretch is cut.
  enum Cut {
    case whole
    case each(Int)
    /// In two, so many bytes behind its beginning.
    case at(Int)
    case random(SplitMix)
  }

  private(set) var cutter: MessageCutter
  private(set) var messages: [FramedMessage] = []
  private var pieces: [(way: Direction, range: Range<Int64>, time: Nanoseconds)] = []
  private var time: Nanoseconds = 0

  init(_ framing: Framing) { cutter = MessageCutter(framing) }

  /// Frames all and ends both ways.
  init(_ framing: Framing, _ stretches: [FramedStretch], isReset: Bool = false, _ cut: Cut) {
    self.init(framing)
    var cut = cut
    for stretch in stretches { take(stretch, &cut) }
    end(isReset: isReset)
  }

  mutating func take(_ stretch: FramedStretch, _ cut: inout Cut) {
    time += stretch.pause
    stretch.bytes.withUnsafeBytes { bytes in
      var place = 0
      while place < bytes.count {
        let count = Self.size(&cut, place, left: bytes.count - place)
        let piece = UnsafeRawBufferPointer(rebasing: bytes[place..<place + count])
        take(piece, stretch.way, at: stretch.offset + Int64(place))
        place += count
      }
    }
  }

  private mutating func take(_ piece: UnsafeRawBufferPointer, _ way: Direction, at offset: Int64) {
    time += 1
    pieces.append((way, offset..<offset + Int64(piece.count), time))
    // What becomes of a copy must not be seen.
    if time % 5 == 0 {
      var copy = cutter
      var other: [FramedMessage] = []
      copy.take(piece, way, at: offset, time: time, into: &other)
      copy.end(way, isClean: false, into: &other)
    }
    cutter.take(piece, way, at: offset, time: time, into: &messages)
  }

  mutating func end(isReset: Bool) {
    for way in Direction.allCases { cutter.end(way, isClean: !isReset, into: &messages) }
  }

  private static func size(_ cut: inout Cut, _ place: Int, left: Int) -> Int {
    switch cut {
    case .whole: return left
    case .each(let size): return min(size, left)
    case .at(let offset): return place == 0 && offset > 0 ? min(offset, left) : left
    case .random(var random):
      defer { cut = .random(random) }
      return 1 + random.below(random.below(8) == 0 ? left : min(7, left))
    }
  }

  /// Those of one way, without times.
  func found(_ way: Direction) -> [FramedMessage] {
    messages.filter { $0.way == way }.map { message in
      var message = message
      (message.began, message.time) = (0, 0)
      return message
    }
  }

  /// A message whose times are not those of the pieces that hold its first and its last byte.
  var wrongTime: FramedMessage? {
    messages.first { message in
      func time(_ offset: Int64) -> Nanoseconds? {
        pieces.first { $0.way == message.way && $0.range.contains(offset) }?.time
      }
      let (first, last) = (time(message.range.lowerBound), time(message.range.upperBound - 1))
      if let first, first != message.began { return true }
      guard let last, message.broken != .tooLong else { return false }
      return last != message.time
    }
  }

  /// What does not hold for the messages of any stream; nil if all does.
  func problem(_ length: (Direction) -> Int64) -> String? {
    if let wrongTime { return "the times of \(wrongTime)" }
    for way in Direction.allCases {
      let found = found(way)
      var end: Int64 = 0
      for (index, message) in found.enumerated() {
        if message.number != index + 1 { return "\(message) has the wrong number" }
        if message.range.isEmpty { return "\(message) is empty" }
        if message.range.lowerBound < end { return "\(message) overlaps the one before" }
        if message.range.lowerBound > end, !leavesOut { return "\(message) leaves a hole" }
        if message.payload.lowerBound < message.range.lowerBound
          || message.payload.upperBound > message.range.upperBound
        {
          return "the payload of \(message) lies outside"
        }
        if message.range.upperBound > length(way), message.broken != .tooLong {
          return "\(message) ends behind the stream"
        }
        end = message.range.upperBound
      }
      if end < length(way), !leavesOut, cutter.framing != .unframed {
        return "what follows \(end) is in none"
      }
    }
    return nil
  }

  /// True if something may belong to no message.
  private var leavesOut: Bool {
    switch cutter.framing {
    case .json, .slip, .cobs, .http, .webSocket, .resp: true
    case .unframed, .fixed, .delimiter, .length, .varint, .gap, .tls, .modbus, .mqtt: false
    }
  }
}
