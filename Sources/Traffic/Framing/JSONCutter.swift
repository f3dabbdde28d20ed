/// JSON values one after another (RFC 8259), with or without white space between them, which belongs to none.
///
/// A value that breaks the grammar inside its brackets is bad, and goes on to where its brackets close.
struct JSONCutter: Cutter {
  private enum Place {
    case between, value, valueOrEnd, key, keyOrEnd, colon, commaOrEnd
    case string, number, literal
    /// Behind a mistake: only brackets and strings count.
    case anywhere
  }

  private var place = Place.between
  private var brackets = JSONBrackets()
  private var text = JSONText()
  private var isKey = false
  private var isBad = false
  private var number = JSONNumber()
  /// What is still to come of `true`, `false` or `null`.
  private var literal: Substring.UTF8View = ""[...].utf8

  static var contentIsAtStart: Bool { true }

  var isWholeAtEnd: Bool { place == .number && brackets.depth == 0 && number.isWhole }

  mutating func take(_ reader: inout MessageReader) {
    while !reader.isAtEnd {
      if place == .string {
        takeString(&reader)
      } else {
        let byte = reader.bytes[reader.position]
        if place == .number {
          switch number.accept(byte) {
          case .part: reader.position += 1
          // The byte behind a number is none of it.
          case .end: endValue(&reader)
          case .mistake: fail(byte, &reader)
          }
        } else {
          take(byte, &reader)
        }
      }
    }
  }

  private mutating func take(_ byte: UInt8, _ reader: inout MessageReader) {
    if place == .literal {
      guard literal.first == byte else { return fail(byte, &reader) }
      reader.position += 1
      literal = literal.dropFirst()
      if literal.isEmpty { endValue(&reader) }
      return
    }
    if byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 {
      reader.position += 1
      if place == .between { reader.leaveOut() }
      return
    }
    switch (place, byte) {
    case (.anywhere, _): takeAnywhere(byte, &reader)
    case (.between, _), (.value, _): beginValue(byte, &reader)
    case (.valueOrEnd, UInt8(ascii: "]")), (.keyOrEnd, UInt8(ascii: "}")): endBrackets(byte, &reader)
    case (.valueOrEnd, _): beginValue(byte, &reader)
    case (.key, UInt8(ascii: "\"")), (.keyOrEnd, UInt8(ascii: "\"")): beginString(isKey: true, &reader)
    case (.colon, UInt8(ascii: ":")):
      reader.position += 1
      place = .value
    case (.commaOrEnd, UInt8(ascii: ",")):
      reader.position += 1
      place = brackets.isInObject ? .key : .value
    case (.commaOrEnd, UInt8(ascii: "]")), (.commaOrEnd, UInt8(ascii: "}")): endBrackets(byte, &reader)
    case (.key, _), (.keyOrEnd, _), (.colon, _), (.commaOrEnd, _), (.string, _), (.number, _), (.literal, _):
      fail(byte, &reader)
    }
  }

  private mutating func beginValue(_ byte: UInt8, _ reader: inout MessageReader) {
    let kind: MessageKind
    switch byte {
    case UInt8(ascii: "{"): kind = .object
    case UInt8(ascii: "["): kind = .array
    case UInt8(ascii: "\""): kind = .string
    case UInt8(ascii: "t"), UInt8(ascii: "f"): kind = .boolean
    case UInt8(ascii: "n"): kind = .null
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): kind = .number
    default: return fail(byte, &reader)
    }
    if brackets.depth == 0 { reader.open.kind = kind }
    switch kind {
    case .object, .array: beginBrackets(byte, &reader)
    case .string: beginString(isKey: false, &reader)
    case .number:
      number = JSONNumber()
      place = .number
    default:
      literal = (kind == .null ? "null" : byte == UInt8(ascii: "t") ? "true" : "false")[...].utf8
      place = .literal
    }
  }

  private mutating func beginBrackets(_ byte: UInt8, _ reader: inout MessageReader) {
    reader.position += 1
    let isObject = byte == UInt8(ascii: "{")
    if !brackets.open(isObject: isObject) {
      reader.open.broken = .tooLong
      reader.open.notes.insert(.tooDeep)
    }
    place = isBad ? .anywhere : isObject ? .keyOrEnd : .valueOrEnd
  }

  private mutating func endBrackets(_ byte: UInt8, _ reader: inout MessageReader) {
    reader.position += 1
    if brackets.close(isObject: byte == UInt8(ascii: "}")) { endValue(&reader) } else { reader.lose(.bad) }
  }

  private mutating func endValue(_ reader: inout MessageReader) {
    if brackets.depth == 0 {
      reader.close()
      isBad = false
      place = .between
    } else {
      place = isBad ? .anywhere : .commaOrEnd
    }
  }

  private mutating func beginString(isKey: Bool, _ reader: inout MessageReader) {
    reader.position += 1
    self.isKey = isKey
    text = JSONText()
    place = .string
  }

  private mutating func takeString(_ reader: inout MessageReader) {
    while true {
      reader.position += text.plainCount(reader.rest)
      if reader.isAtEnd { return }
      let byte = reader.bytes[reader.position]
      switch text.accept(byte) {
      case .part: reader.position += 1
      case .end:
        reader.position += 1
        reader.open.notes.formUnion(text.notes)
        if isKey, !isBad { place = .colon } else { endValue(&reader) }
        return
      case .mistake:
        guard brackets.depth > 0 else { return fail(byte, &reader) }
        reader.open.broken = reader.open.broken ?? .bad
        isBad = true
      // The byte behind an escape that is none may end the string.
      }
    }
  }

  /// Goes on behind a mistake, if brackets tell where the value ends.
  private mutating func fail(_ byte: UInt8, _ reader: inout MessageReader) {
    guard brackets.depth > 0 else {
      reader.position += 1
      return reader.lose(.bad)
    }
    reader.open.broken = reader.open.broken ?? .bad
    isBad = true
    takeAnywhere(byte, &reader)
  }

  private mutating func takeAnywhere(_ byte: UInt8, _ reader: inout MessageReader) {
    place = .anywhere
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "["): beginBrackets(byte, &reader)
    case UInt8(ascii: "}"), UInt8(ascii: "]"): endBrackets(byte, &reader)
    case UInt8(ascii: "\""): beginString(isKey: false, &reader)
    default: reader.position += 1
    }
  }
}
