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
    while true {
      while let byte, byte.isBlank, byte != UInt8(ascii: "\n") { position += 1 }
      if accept(UInt8(ascii: ">")) {
        guard !result.isEmpty else { throw error("expected hex digits before >", at: position - 1) }
        return result
      }
      let digits = takeToken()
      guard !digits.isEmpty else { throw error("expected hex digits or >") }
      result += try hexBytes(digits)
    }
  }

  private func hexBytes(_ digits: Range<Int>) throws(SyntaxError) -> [UInt8] {
    for index in digits where bytes[index].hexDigit == nil {
      throw error("expected a hex digit: 0 to 9 or a to f", at: index)
    }
    guard digits.count.isMultiple(of: 2) else {
      throw error("an odd number of hex digits: a byte has two, such as 0d", at: digits.upperBound)
    }
    var result: [UInt8] = []
    result.reserveCapacity(digits.count / 2)
    var index = digits.lowerBound
    while index < digits.upperBound {
      // Each digit was checked above.
      result.append((bytes[index].hexDigit ?? 0) << 4 | (bytes[index + 1].hexDigit ?? 0))
      index += 2
    }
    return result
  }
}
