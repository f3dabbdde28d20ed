/// Reads a length of seven bits a byte, the lowest first (LEB128).
struct VarintHeader: HeaderFormat {
  private let offset: Int
  private let maximum: Int64

  init(_ prefix: VarintPrefix) {
    offset = prefix.offset
    maximum = prefix.maximum.map { Int64($0) } ?? .max
  }

  func read(_ header: UnsafeRawBufferPointer) -> HeaderReading {
    var value: UInt64 = 0
    for index in 0..<Self.mostBytes {
      let content = offset + index + 1
      guard header.count >= content else { return .more(content) }
      let byte = header[content - 1]
      // The last byte that 63 bits have room for is the ninth.
      if index == Self.mostBytes - 1, byte != 0 { return .tooLong(nil, content: content) }
      value |= UInt64(byte & 0x7f) << (7 * UInt64(index))
      if byte < 0x80 {
        let (length, isHuge) = Int64(value).addingReportingOverflow(Int64(content))
        if isHuge { return .tooLong(nil, content: content) }
        return length > maximum
          ? .tooLong(length, content: content) : .message(length: length, content: content)
      }
    }
    return .bad(offset + Self.mostBytes)
  }

  private static let mostBytes = 10
}
