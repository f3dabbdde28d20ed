/// Messages of one size. Their ends are known from the offset alone, whatever was missed.
struct FixedCutter: Cutter {
  private let size: Int64
  private let origin: Int64

  init(_ size: Int, from origin: Int64) {
    self.size = Int64(size)
    self.origin = origin
  }

  static var contentIsAtStart: Bool { true }

  mutating func take(_ reader: inout MessageReader) {
    while !reader.isAtEnd {
      let end = self.end(after: reader.open.start)
      if reader.skip(end - reader.here) == 0 { reader.close() } else { reader.open.end = end }
      // Behind the end of one they follow each other.
      if reader.isAtStart, reader.here == end {
        while reader.bytes.count - reader.position >= size { reader.takeWhole(Int(size), content: 0) }
      }
    }
  }

  mutating func pass(_ count: Int64, _ reader: inout MessageReader) -> Bool {
    let end = self.end(after: reader.open.start)
    guard reader.here <= end else { return false }
    if reader.here == end { reader.close() }
    return true
  }

  func knowledge(of offset: Int64) -> MessageBoundary { (offset - origin) % size == 0 ? .known : .next }

  private func end(after start: Int64) -> Int64 { start + size - (start - origin) % size }
}
