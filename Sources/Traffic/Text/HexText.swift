extension TextCursor {
  /// True on `0x`.
  var isAtHex: Bool { byte == UInt8(ascii: "0") && byte(after: 1).map { $0 | 0x20 } == UInt8(ascii: "x") }

  /// `0xdeadbeef`
  mutating func takeHex() throws(SyntaxError) -> Literal {
    position += 2
    let digits = takeToken()
    guard !digits.isEmpty else { throw error("expected hex digits after 0x") }
    var result = Literal()
    try decodeHex(digits, into: &result)
    return result
  }

  /// `<de ad beef>`: blanks between whole bytes.
  mutating func takeBracketedHex() throws(SyntaxError) -> Literal {
    position += 1
    var result = Literal()
    while true {
      while let byte, byte.isBlank, byte != UInt8(ascii: "\n") { position += 1 }
      if accept(UInt8(ascii: ">")) {
        guard result.count > 0 else { throw error("expected hex digits before >", at: position - 1) }
        return result
      }
      let digits = takeToken()
      guard !digits.isEmpty else { throw error("expected hex digits or >") }
      try decodeHex(digits, into: &result)
    }
  }

  private func decodeHex(_ digits: Range<Int>, into result: inout Literal) throws(SyntaxError) {
    var index = digits.lowerBound
    while index + 1 < digits.upperBound {
      guard let high = bytes[index].hexDigit else { throw wrongDigit(index) }
      guard let low = bytes[index + 1].hexDigit else { throw wrongDigit(index + 1) }
      result.append(high << 4 | low)
      index += 2
    }
    guard index == digits.upperBound else {
      guard bytes[index].hexDigit != nil else { throw wrongDigit(index) }
      throw error("an odd number of hex digits: a byte has two, such as 0d", at: digits.upperBound)
    }
  }

  private func wrongDigit(_ index: Int) -> SyntaxError {
    error("expected a hex digit: 0 to 9 or a to f", at: index)
  }
}
