extension Framing {
  /// Reads `none`, `fixed N`, `newline`, `delimiter PAYLOAD`, `length:TYPE[@OFFSET][+N|-N] [max N]` and the
  /// others.
  public init(parsing text: String) throws(SyntaxError) {
    var cursor = TextCursor(text)
    cursor.skipBlanks()
    self = try cursor.takeFraming()
    cursor.skipBlanks()
    guard cursor.byte == nil else { throw cursor.error("expected nothing after the framing") }
  }

  /// The first words, in the order in which they are told.
  public static let words = [
    "none", "fixed", "newline", "crlf", "nul", "delimiter", "length", "varint", "slip", "cobs", "gap", "json",
    "http", "tls", "websocket", "resp", "modbus", "mqtt",
  ]

  /// The same as they are typed: a length with each way to write it.
  public static let typedWords = words.flatMap { word in
    word == "length" ? LengthPrefix.Number.allCases.map { "length:\($0.rawValue)" } : [word]
  }
}

extension TextCursor {
  /// A framing; the cursor stands behind it.
  mutating func takeFraming() throws(SyntaxError) -> Framing {
    let start = position
    let word = text(takeToken())
    let framing: Framing
    switch word {
    case "none": framing = .unframed
    case "fixed": framing = .fixed(try takeFramingSize("a size", after: word))
    case "delimiter": framing = .delimiter(try takeDelimiter())
    case "length": framing = .length(try takeLengthPrefix())
    case "varint":
      framing = .varint(VarintPrefix(at: try takePrefixOffset(), maximum: try takeFramingMaximum()))
    case "slip": framing = .slip
    case "cobs": framing = .cobs
    case "gap":
      skipBlanks()
      framing = .gap(try takeDuration(in: 1...DurationText.maximum))
    case "json": framing = .json
    case "http": framing = .http
    case "tls": framing = .tls
    case "websocket": framing = .webSocket
    case "resp": framing = .resp
    case "modbus": framing = .modbus
    case "mqtt": framing = .mqtt
    default:
      guard let named = Framing.namedDelimiters.first(where: { $0.word == word }) else {
        throw unknownFraming(word, at: start)
      }
      framing = .delimiter(named.bytes)
    }
    try endWord()
    return framing
  }

  private func unknownFraming(_ word: String, at start: Int) -> SyntaxError {
    let hint = NearestWord.hint(word, in: Framing.words)
    if word.isEmpty || hint.isEmpty {
      let list = Framing.words.map { $0 == "length" ? "length:u16be" : $0 }.joined(separator: ", ")
      let unknown = word.isEmpty ? "" : "unknown framing \(word): "
      return error("\(unknown)expected \(list)", at: start)
    }
    return error("unknown framing \(word)\(hint)", at: start)
  }

  private mutating func takeFramingSize(_ what: String, after word: String) throws(SyntaxError) -> Int {
    let end = position
    skipBlanks()
    guard position > end || byte == nil else { throw error("expected a space after \(word)") }
    return try takeSize(what)
  }

  /// A payload that is the same each time, as its bytes.
  private mutating func takeDelimiter() throws(SyntaxError) -> [UInt8] {
    let longest = 256
    skipBlanks()
    let start = position
    var parser = BurstParser(self)
    let payload = try parser.takePayload()
    self = parser.cursor
    guard payload.isConstant, payload.files.isEmpty else {
      throw error("a delimiter is the same each time: expected \"text\" or 0x0d0a", at: start)
    }
    let count = parser.payloadMeasure.bytes
    guard count > 0 else { throw error("an empty delimiter is everywhere: expected a byte", at: start) }
    guard count <= longest else {
      throw error("a delimiter of \(count) bytes is too long: it has at most \(longest)", at: start)
    }
    do {
      var builder = try PayloadBuilder([], seed: 0) { _ in [] }
      return builder.nextSend(payload, time: 0)
    } catch {
      throw self.error("expected a delimiter, such as \"text\" or 0x0d0a", at: start)
    }
  }

  /// `:TYPE[@OFFSET][+N|-N] [max N]`
  private mutating func takeLengthPrefix() throws(SyntaxError) -> LengthPrefix {
    guard accept(UInt8(ascii: ":")) else {
      throw error("expected : and how the length is written, as in length:u16be")
    }
    let start = position
    let word = text(takeToken())
    guard let number = LengthPrefix.Number(rawValue: word) else { throw unknownNumber(word, at: start) }
    var prefix = LengthPrefix(number, at: try takePrefixOffset())
    if let sign = byte, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
      position += 1
      let size = try takeSize("a number of bytes", in: 0...SizeText.maximum)
      prefix.excess = sign == UInt8(ascii: "-") ? -size : size
    }
    prefix.maximum = try takeFramingMaximum()
    return prefix
  }

  private func unknownNumber(_ word: String, at start: Int) -> SyntaxError {
    let words = LengthPrefix.Number.allCases.map(\.rawValue)
    let orders = words.filter { !word.isEmpty && $0 != word && ($0 == word + "be" || $0 == word + "le") }
    if !orders.isEmpty {
      let meaning = "the highest byte first is \(orders[0])"
      let other = orders.count > 1 ? ", the lowest first \(orders[1])" : ""
      return error("\(word) has two orders: \(meaning)\(other)", at: start)
    }
    let hint = NearestWord.hint(word, in: words)
    if !hint.isEmpty { return error("unknown length \(word)\(hint)", at: start) }
    let unknown = word.isEmpty ? "" : "unknown length \(word): "
    return error("\(unknown)expected \(words.joined(separator: ", "))", at: start)
  }

  private mutating func takePrefixOffset() throws(SyntaxError) -> Int {
    guard accept(UInt8(ascii: "@")) else { return 0 }
    return try takeSize("an offset", in: LengthPrefix.offsets)
  }

  /// ` max N`, if it stands here.
  private mutating func takeFramingMaximum() throws(SyntaxError) -> Int? {
    var ahead = self
    ahead.skipBlanks()
    guard ahead.position > position, ahead.accept(word: "max") else { return nil }
    let size = try ahead.takeFramingSize("a maximum", after: "max")
    self = ahead
    return size
  }
}
