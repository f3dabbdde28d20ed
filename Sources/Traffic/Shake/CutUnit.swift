/// What is left out of a message at a time, the largest first.
enum CutUnit: CaseIterable, Sendable {
  /// A message by the framing: several may be sent as one.
  case message
  case line
  case byte

  /// Where each one of a message ends; nil where each byte is one.
  func ends(in bytes: [UInt8], _ framing: Framing?) -> [Int]? {
    switch self {
    case .message: framing?.ends(in: bytes) ?? [bytes.count]
    case .line:
      bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") && $0 + 1 < bytes.count }.map { $0 + 1 }
        + [bytes.count]
    case .byte: nil
    }
  }
}

extension Framing {
  /// Where each message ends in bytes that are sent at once; what is left over is one, too.
  func ends(in bytes: [UInt8]) -> [Int] {
    var cutter = MessageCutter(self)
    var messages: [FramedMessage] = []
    bytes.withUnsafeBytes { cutter.take($0, .sent, at: 0, time: 0, into: &messages) }
    cutter.end(.sent, isClean: true, into: &messages)
    var ends: [Int] = []
    for end in messages.map({ Int($0.range.upperBound) }) where end > ends.last ?? 0 && end < bytes.count {
      ends.append(end)
    }
    return ends + [bytes.count]
  }
}
