/// Reads a length of fixed width, or in decimal text.
struct LengthHeader: HeaderFormat {
  private let number: LengthPrefix.Number
  private let offset: Int
  private let excess: Int?
  private let maximum: Int64
  /// Bytes up to the end of a number of fixed width.
  private let content: Int

  init(_ prefix: LengthPrefix) {
    number = prefix.number
    offset = prefix.offset
    excess = prefix.excess
    maximum = prefix.maximum.map { Int64($0) } ?? .max
    content = offset + number.width
  }

  @inline(__always)
  func read(_ header: UnsafeRawBufferPointer) -> HeaderReading {
    if number == .text { return readText(header) }
    guard header.count >= content else { return .more(content) }
    var value: UInt64 = 0
    if number.isLittleEndian {
      for place in (offset..<content).reversed() { value = value << 8 | UInt64(header[place]) }
    } else {
      for place in offset..<content { value = value << 8 | UInt64(header[place]) }
    }
    return reading(value, base: excess ?? content, content: content)
  }

  private func readText(_ header: UnsafeRawBufferPointer) -> HeaderReading {
    var value: UInt64 = 0
    var place = offset
    while place < header.count, header[place].isDigit {
      let (product, isHuge) = value.multipliedReportingOverflow(by: 10)
      let (sum, isHuge2) = product.addingReportingOverflow(UInt64(header[place] - UInt8(ascii: "0")))
      place += 1
      if isHuge || isHuge2 { return .tooLong(nil, content: place) }
      // Zeros before a number could go on for ever.
      if place - offset > LengthHeader.mostDigits { return .bad(place) }
      value = sum
    }
    guard place < header.count else { return .more(place + 1) }
    let content = place + 1
    return place == offset ? .bad(content) : reading(value, base: content + (excess ?? 0), content: content)
  }

  private static let mostDigits = 32

  @inline(__always)
  private func reading(_ value: UInt64, base: Int, content: Int) -> HeaderReading {
    guard let value = Int64(exactly: value) else { return .tooLong(nil, content: content) }
    let (length, isHuge) = value.addingReportingOverflow(Int64(base))
    if isHuge { return .tooLong(nil, content: content) }
    if length < Int64(content) { return .bad(content) }
    return length > maximum
      ? .tooLong(length, content: content) : .message(length: length, content: content)
  }
}
