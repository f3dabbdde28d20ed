extension TextCursor {
  /// A string in double quotes with C escapes, as its bytes in UTF-8.
  mutating func takeQuoted() throws(SyntaxError) -> [UInt8] {
    position += 1
    return try takeStretch(stopsAtMacro: false).literal.bytes
  }

  /// A string in single quotes: its bytes as they stand, without escapes and macros.
  mutating func takeRaw() throws(SyntaxError) -> Literal {
    let quote = UInt8(ascii: "'")
    position += 1
    let start = position
    while let byte, byte != quote, byte != UInt8(ascii: "\n") { position += 1 }
    let end = position
    guard accept(quote) else {
      throw error(
        "the raw string is not closed: expected '\(byte == nil ? "" : " before the end of the line")")
    }
    if let next = byte, next.isTokenByte || next == quote || next == UInt8(ascii: "\"") {
      throw error("a raw string ends at the next ': a text that has one is written in \"\"")
    }
    return Literal(bytes[start..<end])
  }

  /// The inside of a string up to its closing quote, which is passed, or up to the `%{` of a macro.
  mutating func takeStretch(stopsAtMacro: Bool) throws(SyntaxError) -> (literal: Literal, isClosed: Bool) {
    var escaped: [UInt8] = []
    while true {
      let plain = bytes[takePlain(stopsAtMacro: stopsAtMacro)]
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return (escaped.isEmpty ? Literal(plain) : Literal(escaped + plain), true)
      case UInt8(ascii: "%"): return (Literal(escaped + plain), false)
      case UInt8(ascii: "\\"):
        escaped += plain
        try takeEscape(into: &escaped)
      case nil: throw error("the string is not closed: expected \"")
      default: throw error("the string is not closed: expected \" before the end of the line")
      }
    }
  }

  /// What stands for itself, up to a quote, an escape, the end of the line or a macro.
  private mutating func takePlain(stopsAtMacro: Bool) -> Range<Int> {
    let start = position
    while let byte {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "\n"): return start..<position
      case UInt8(ascii: "%") where stopsAtMacro && self.byte(after: 1) == UInt8(ascii: "{"):
        return start..<position
      default: position += 1
      }
    }
    return start..<position
  }

  /// One escape; the cursor stands on its backslash.
  mutating func takeEscape(into result: inout [UInt8]) throws(SyntaxError) {
    let start = position
    position += 1
    guard let letter = byte, letter != UInt8(ascii: "\n") else {
      throw error("expected an escape after \\, such as \\n or \\x0d")
    }
    position += 1
    switch letter {
    case UInt8(ascii: "x"): result.append(try takeByteEscape())
    case UInt8(ascii: "u"): result += try takeScalarEscape()
    case UInt8(ascii: "0"):
      if let next = byte, next.isDigit {
        throw error("\\0 and a digit would be octal in C: write \\x00 for the zero byte", at: start)
      }
      result.append(0)
    case UInt8(ascii: "1")...UInt8(ascii: "9"):
      throw error("octal escapes are not taken: write two hex digits, such as \\x41", at: start)
    default:
      guard let value = Self.escaped(letter) else {
        while let next = byte, next & 0xc0 == 0x80 { position += 1 }
        throw error(
          "unknown escape \(text(start..<position)): expected "
            + "\\n \\r \\t \\0 \\a \\b \\e \\f \\v \\\\ \\\" \\% \\xHH or \\u{…}", at: start)
      }
      result.append(value)
    }
  }

  private static func escaped(_ letter: UInt8) -> UInt8? {
    switch letter {
    case UInt8(ascii: "a"): 0x07
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "t"): 0x09
    case UInt8(ascii: "n"): 0x0a
    case UInt8(ascii: "v"): 0x0b
    case UInt8(ascii: "f"): 0x0c
    case UInt8(ascii: "r"): 0x0d
    case UInt8(ascii: "e"): 0x1b
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"), UInt8(ascii: "%"): letter
    default: nil
    }
  }

  private mutating func takeByteEscape() throws(SyntaxError) -> UInt8 {
    var value: UInt8 = 0
    for _ in 0..<2 {
      guard let digit = byte?.hexDigit else {
        throw error("expected two hex digits after \\x, such as \\x0d")
      }
      value = value << 4 | digit
      position += 1
    }
    return value
  }

  private mutating func takeScalarEscape() throws(SyntaxError) -> [UInt8] {
    guard accept(UInt8(ascii: "{")) else { throw error("expected { after \\u, as in \\u{e9}") }
    let start = position
    var value: UInt32 = 0
    while let digit = byte?.hexDigit, position - start < 6 {
      value = value << 4 | UInt32(digit)
      position += 1
    }
    guard position > start else { throw error("expected hex digits, as in \\u{e9}") }
    guard byte == UInt8(ascii: "}") else { throw error("expected } after one to six hex digits") }
    guard let scalar = Unicode.Scalar(value) else {
      throw error("\(text(start..<position)) is no Unicode scalar value", at: start)
    }
    position += 1
    return Array(String(Character(scalar)).utf8)
  }
}
