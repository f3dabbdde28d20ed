/// Frames that end with a zero byte, in which each code says how far the next one is (Cheshire and Baker
/// 1999). A zero where no frame is open belongs to none.
struct CobsCutter: Cutter {
  /// Bytes up to the next code.
  private var left = 0

  static var contentIsAtStart: Bool { true }

  func knowledge(of offset: Int64) -> MessageBoundary { .next }

  mutating func take(_ reader: inout MessageReader) {
    while !reader.isAtEnd {
      let zero = ByteScan.first(0, in: reader.bytes, from: reader.position)
      let end = zero ?? reader.bytes.count
      var code = reader.position + left
      while code < end { code += Int(reader.bytes[code]) }
      left = code - end
      let isFirst = reader.isAtStart && zero == reader.position
      reader.position = end
      guard zero != nil else { return }
      reader.position += 1
      // In the middle of a frame the place of its codes is not known.
      if left > 0, reader.open.broken == nil { reader.open.broken = .bad }
      left = 0
      if isFirst { reader.leaveOut() } else { reader.close(tail: 1) }
    }
  }
}
