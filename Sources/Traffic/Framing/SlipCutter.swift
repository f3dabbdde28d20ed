/// Frames that end with END (RFC 1055). An END where no frame is open, as many send before each, belongs to
/// none.
struct SlipCutter: Cutter {
  private static let end: UInt8 = 0xc0
  private static let escape: UInt8 = 0xdb
  /// What stands behind an escape for END and for the escape itself.
  private static let escaped: ClosedRange<UInt8> = 0xdc...0xdd

  private var isEscaped = false

  static var contentIsAtStart: Bool { true }

  func knowledge(of offset: Int64) -> MessageBoundary { .next }

  mutating func take(_ reader: inout MessageReader) {
    while !reader.isAtEnd {
      let byte = reader.bytes[reader.position]
      let isFirst = reader.isAtStart
      reader.position += 1
      // In the middle of a frame its escape may have come before.
      if isEscaped, !Self.escaped.contains(byte), reader.open.broken == nil { reader.open.broken = .bad }
      isEscaped = byte == Self.escape
      if byte == Self.end {
        if isFirst { reader.leaveOut() } else { reader.close(tail: 1) }
      }
    }
  }
}
