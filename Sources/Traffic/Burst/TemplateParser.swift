extension TextCursor {
  /// The rest of a string that holds macros, from the first one on; `literal` stands before it.
  mutating func takeTemplate(after literal: Literal) throws(SyntaxError) -> [TemplatePart] {
    var parts: [TemplatePart] = []
    var stretch = (literal: literal, isClosed: false)
    while true {
      if stretch.literal.count > 0 { parts.append(.bytes(stretch.literal.bytes)) }
      if stretch.isClosed { return parts }
      parts.append(.macro(try takeMacro()))
      stretch = try takeStretch(stopsAtMacro: true)
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
