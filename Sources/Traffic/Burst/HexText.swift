extension TextCursor {
  /// True on `0x`.
  var isAtHex: Bool { byte == UInt8(ascii: "0") && byte(after: 1).map { $0 | 0x20 } == UInt8(ascii: "x") }

  /// `0xdeadbeef`
  mutating func takeHex() throws(SyntaxError) -> [UInt8] {
    position += 2
    let digits = takeToken()
    guard !digits.isEmpty else { throw error("expected hex digits after 0x") }
    return try hexBytes(digits)
  }

  /// `<de ad beef>`: blanks between whole bytes.
  mutating func takeBracketedHex() throws(SyntaxError) -> [UInt8] {
    position += 1
    var result: [UInt8] = []
    result.reserveCapacity(16)
    while true {
      while let byte, byte.isBlank, byte != UInt8(ascii: "\n") { position += 1 }
      if accept(UInt8(ascii: ">")) {
        guard !result.isEmpty else { throw error("expected hex digits before >", at: position - 1) }
        return result
      }
      let digits = takeToken()
      guard !digits.isEmpty else { throw error("expected hex digits or >") }
      if digits.count == 2, let high = bytes[digits.lowerBound].hexDigit,
        let low = bytes[digits.lowerBound + 1].hexDigit
      {
        result.append(high << 4 | low)
      } else {
        result += try hexBytes(digits)
      }
    }
  }

  private func hexBytes(_ digits: Range<Int>) throws(SyntaxError) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: digits.count / 2)
    var index = digits.lowerBound
    for place in result.indices {
      guard let high = bytes[index].hexDigit else { throw wrongDigit(index) }
      guard let low = bytes[index + 1].hexDigit else { throw wrongDigit(index + 1) }
      result[place] = high << 4 | low
      index += 2
    }
    guard index == digits.upperBound else {
      guard bytes[index].hexDigit != nil else { throw wrongDigit(index) }
      throw error("an odd number of hex digits: a byte has two, such as 0d", at: digits.upperBound)
    }
    return result
  }

  private func wrongDigit(_ index: Int) -> SyntaxError {
    error("expected a hex digit: 0 to 9 or a to f", at: index)
  }
}
