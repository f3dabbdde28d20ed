extension TextCursor {
  /// A string in double quotes: plain bytes, or a template if it holds a macro.
  mutating func takeTemplate() throws(SyntaxError) -> Payload {
    position += 1
    var parts: [TemplatePart] = []
    while true {
      let (literal, isClosed) = try takeStretch(stopsAtMacro: true)
      if isClosed, parts.isEmpty { return .literal(literal) }
      if literal.count > 0 { parts.append(.bytes(literal.bytes)) }
      if isClosed { return .template(parts) }
      parts.append(.macro(try takeMacro()))
    }
  }

  /// `%{name}` or `%{name:argument}`; the cursor stands on its `%`.
  private mutating func takeMacro() throws(SyntaxError) -> Macro {
    let start = position
    position += 2
    let name = text(takeToken())
    var form: Range<Int>?
    if accept(UInt8(ascii: ":")) {
      form = takeToken()
      position = form?.lowerBound ?? position
    }
    let macro: Macro
    switch (name, form) {
    case ("n", nil): macro = .number
    case ("time", nil): macro = .time
    case ("len", nil): macro = .length
    case ("rand", _?): macro = .random(try takeSize("a number of letters"))
    case ("rand", nil): throw error("expected : and a number of letters, as in %{rand:8}")
    case (_, nil):
      guard let checksum = Checksum(rawValue: name) else { throw unknownMacro(start) }
      macro = .checksum(checksum, .bigEndian)
    case (_, let form?):
      guard let checksum = Checksum(rawValue: name) else { throw unknownMacro(start) }
      guard let known = Macro.Form(rawValue: text(form)) else {
        throw error("expected be, le or hex, as in %{\(name):hex}")
      }
      position = form.upperBound
      macro = .checksum(checksum, known)
    }
    guard accept(UInt8(ascii: "}")) else { throw error("expected } after a macro") }
    return macro
  }

  private func unknownMacro(_ start: Int) -> SyntaxError {
    error(
      "unknown macro: expected %{n} %{time} %{rand:N} %{len} %{crc16} %{crc32} %{sum8} or %{xor8}; "
        + "for a plain % write \\%", at: start)
  }
}
