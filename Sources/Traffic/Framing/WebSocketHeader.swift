/// The header of a WebSocket frame (RFC 6455, 5.2), its mask key included.
struct WebSocketHeader: HeaderFormat {
  /// The longest control frame's payload.
  private static let longestControl: UInt8 = 125

  func read(_ header: UnsafeRawBufferPointer) -> HeaderReading {
    let isLast = header[0] & 0x80 != 0
    let isControl = header[0] & 0x08 != 0
    // Of the reserved bits only the first has a meaning that is in use: compression (RFC 7692).
    guard header[0] & 0x30 == 0, isLast || !isControl, let kind = Self.kind(header[0] & 0x0f) else {
      return .bad(1)
    }
    guard header.count >= 2 else { return .more(2) }
    let short = header[1] & 0x7f
    if isControl, short > Self.longestControl { return .bad(2) }
    let width = short == 127 ? 8 : short == 126 ? 2 : 0
    guard header.count >= 2 + width else { return .more(2 + width) }
    var length: UInt64 = width == 0 ? UInt64(short) : 0
    for place in 2..<2 + width { length = length << 8 | UInt64(header[place]) }
    // The highest bit is 0 (RFC 6455, 5.2).
    guard let length = Int64(exactly: length) else { return .bad(2 + width) }
    let content = 2 + width + (header[1] & 0x80 != 0 ? 4 : 0)
    guard header.count >= content else { return .more(content) }
    let (whole, isHuge) = length.addingReportingOverflow(Int64(content))
    if isHuge { return .tooLong(nil, content: content, kind: kind) }
    var notes: MessageNotes = isLast ? [] : .fragment
    if header[0] & 0x40 != 0 { notes.insert(.compressed) }
    return .message(length: whole, content: content, kind: kind, notes: notes)
  }

  private static func kind(_ opcode: UInt8) -> MessageKind? {
    switch opcode {
    case 0: .continuation
    case 1: .text
    case 2: .binary
    case 8: .close
    case 9: .ping
    case 10: .pong
    default: nil
    }
  }
}
