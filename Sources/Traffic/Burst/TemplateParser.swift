/// A string's macros, such as `%{crc16:le}`, and those that hold a payload, such as `%{len16be:{P}}`.
extension BurstParser {
  /// The rest of a string that holds macros, from the first one on; `literal` stands before it.
  mutating func takeTemplate(after literal: Literal) throws(SyntaxError) -> [TemplatePart] {
    var parts: [TemplatePart] = []
    var stretch = (literal: literal, isClosed: false)
    while true {
      if stretch.literal.count > 0 { parts.append(.bytes(stretch.literal.bytes)) }
      if stretch.isClosed { return parts }
      parts.append(try takeMacro())
      stretch = try cursor.takeStretch(stopsAtMacro: true)
    }
  }

  /// `%{name}` and what belongs to the name; the cursor stands on its `%`.
  mutating func takeMacro() throws(SyntaxError) -> TemplatePart {
    let start = cursor.position
    cursor.position += 2
    let name = cursor.text(cursor.takeToken())
    let part: TemplatePart
    switch name {
    case "n": part = .macro(.number)
    case "time": part = .macro(.time)
    case "len": part = .macro(.length)
    case "rand":
      guard cursor.accept(UInt8(ascii: ":")) else {
        throw cursor.error("expected : and a number of letters, as in %{rand:8}")
      }
      part = .macro(.random(try cursor.takeSize("a number of letters")))
    default:
      if let number = Int(name) {
        if let mistake = groups.mistake(inGroup: number) { throw cursor.error(mistake, at: start) }
        part = .macro(.group(number))
      } else if let checksum = Checksum(rawValue: name) {
        part = try takeChecksum(checksum)
      } else if let known = LengthCode.names.first(where: { $0.name == name }) {
        part = try takeLength(name, known.code, isLittleEndian: known.isLittleEndian)
      } else {
        throw unknownMacro(name, start)
      }
    }
    guard cursor.accept(UInt8(ascii: "}")) else { throw cursor.error("expected } after a macro") }
    return part
  }

  /// What follows a checksum's name: `:le`, `:hex`, `:before`, `:{P}`.
  private mutating func takeChecksum(_ checksum: Checksum) throws(SyntaxError) -> TemplatePart {
    var words: Set<String> = []
    while cursor.accept(UInt8(ascii: ":")) {
      let form = NumberForm(isLittleEndian: words.contains("le"), isHex: words.contains("hex"))
      if cursor.byte == UInt8(ascii: "{") {
        return try takeField(.checksum(checksum, isBefore: words.contains("before")), form)
      }
      let place = cursor.position
      let word = cursor.text(cursor.takeToken())
      guard ["be", "le", "hex", "before"].contains(word) else {
        throw cursor.error(
          "expected be, le or hex, as in %{\(checksum.rawValue):hex}, before, or a payload in braces",
          at: place
        )
      }
      words.insert(word)
      if words.isSuperset(of: ["be", "le"]) { throw cursor.error("expected one of be and le", at: place) }
    }
    guard !words.contains("before") else {
      throw cursor.error("before needs a payload, as in %{\(checksum.rawValue):before:{\"text\"}}")
    }
    return .macro(
      .checksum(checksum, NumberForm(isLittleEndian: words.contains("le"), isHex: words.contains("hex"))))
  }

  /// What follows a length's name: `+N` or `-N`, `:hex`, `:{P}`.
  private mutating func takeLength(
    _ name: String, _ code: LengthCode, isLittleEndian: Bool
  ) throws(SyntaxError) -> TemplatePart {
    var added = 0
    if let sign = cursor.byte, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
      cursor.position += 1
      added = try cursor.takeSize("a number of bytes") * (sign == UInt8(ascii: "-") ? -1 : 1)
    }
    var form = NumberForm(isLittleEndian: isLittleEndian)
    while cursor.accept(UInt8(ascii: ":")) {
      if cursor.byte == UInt8(ascii: "{") { return try takeField(.length(code, added: added), form) }
      let place = cursor.position
      guard cursor.accept(word: "hex") else {
        throw cursor.error("expected a payload in braces, as in %{\(name):{\"text\"}}, or hex", at: place)
      }
      guard code != .text else { throw cursor.error("lentext is digits already", at: place) }
      form.isHex = true
    }
    throw cursor.error("expected : and a payload in braces, as in %{\(name):{\"text\"}}")
  }

  /// A payload in braces, and in braces behind it what stands between it and its number.
  private mutating func takeField(
    _ value: PayloadField.Value, _ form: NumberForm
  ) throws(SyntaxError) -> TemplatePart {
    let place = cursor.position
    var field = PayloadField(value, form, try takeBraces())
    do throws(BurstError) {
      _ = try field.measure(beside: payloadMeasure)
    } catch {
      throw cursor.error(error.message, at: place)
    }
    if cursor.byte == UInt8(ascii: "{") { field.between = try takeBraces() }
    return .field(field)
  }

  private func unknownMacro(_ name: String, _ start: Int) -> SyntaxError {
    cursor.error(
      name.hasPrefix("len")
        ? "unknown length: expected one of \(LengthCode.names.map(\.name).joined(separator: " "))"
        : "unknown macro: expected %{n} %{time} %{rand:N} %{len} %{crc16} %{crc32} %{sum8} or %{xor8}, "
          + "%{crc16:{P}} or %{len16be:{P}} with a payload P, %{1} in an answer; for a plain % write \\%",
      at: start)
  }
}
