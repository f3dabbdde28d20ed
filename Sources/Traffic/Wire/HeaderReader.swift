/// Numbers in network order at places of a packet; nil where it ends before.
struct HeaderReader {
  private let bytes: UnsafeRawBufferPointer

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  func byte(at place: Int) -> UInt8? { bytes.indices.contains(place) ? bytes[place] : nil }

  func half(at place: Int) -> UInt16? { number(at: place, UInt16.self) }

  func word(at place: Int) -> UInt32? { number(at: place, UInt32.self) }

  func address(at place: Int) -> (high: UInt64, low: UInt64)? {
    guard let high = number(at: place, UInt64.self), let low = number(at: place + 8, UInt64.self) else {
      return nil
    }
    return (high, low)
  }

  private func number<Value: FixedWidthInteger>(at place: Int, _ type: Value.Type) -> Value? {
    guard place >= 0, place + MemoryLayout<Value>.size <= bytes.count else { return nil }
    return Value(bigEndian: bytes.loadUnaligned(fromByteOffset: place, as: Value.self))
  }

  /// The options of a TCP header, up to the first that is broken or was not captured.
  func options(in range: Range<Int>) -> SegmentHeader.Options {
    var options = SegmentHeader.Options()
    var place = range.lowerBound
    while place < range.upperBound, let kind = byte(at: place), kind != 0 {
      if kind == 1 {
        place += 1
        continue
      }
      guard let length = byte(at: place + 1), length >= 2, place + Int(length) <= range.upperBound else {
        break
      }
      switch (kind, length) {
      case (2, 4): options.maximumSegmentSize = half(at: place + 2)
      case (3, 3): options.windowScale = byte(at: place + 2).map { min($0, 14) }
      case (8, 10):
        if let value = word(at: place + 2), let echo = word(at: place + 6) {
          options.timestamps = (value, echo)
        }
      default: break
      }
      place += Int(length)
    }
    return options
  }
}
