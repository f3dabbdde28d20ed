/// Messages that a pause ends. What one piece holds came without one.
struct GapCutter: Cutter {
  private let gap: Nanoseconds

  init(_ gap: Nanoseconds) { self.gap = gap }

  static var contentIsAtStart: Bool { true }

  func knowledge(of offset: Int64) -> MessageBoundary { .next }

  var isWholeAtEnd: Bool { true }

  mutating func take(_ reader: inout MessageReader) {
    if reader.open.start < reader.offset, reader.time - reader.previous >= gap { reader.close() }
    reader.position = reader.bytes.count
  }
}
