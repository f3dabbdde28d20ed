import Traffic

/// One JSON object on one line, written field by field. RFC 8259.
extension ByteBuffer {
  public mutating func beginObject() { append("{") }

  /// Ends the object and its line.
  public mutating func endObject() { append("}\n") }

  public mutating func add(_ name: StaticString, _ value: String?) {
    guard let value else { return addNull(name) }
    begin(name)
    append(quoted: value)
  }

  public mutating func add(_ name: StaticString, _ value: Int64?) {
    guard let value else { return addNull(name) }
    begin(name)
    append(number: value)
  }

  /// A field whose name is a word of the program's.
  mutating func add(_ name: String, _ value: Int) {
    begin(name)
    append(number: Int64(value))
  }

  /// The same as `begin` of a literal.
  mutating func begin(_ name: String) {
    append(last == UInt8(ascii: "{") ? "\"" : ",\"")
    append(text: name)
    append("\":")
  }

  public mutating func add(_ name: StaticString, _ value: Int?) { add(name, value.map(Int64.init)) }

  mutating func add(_ name: StaticString, _ value: Bool?) {
    guard let value else { return addNull(name) }
    begin(name)
    append(value ? "true" : "false")
  }

  mutating func addNull(_ name: StaticString) {
    begin(name)
    append("null")
  }

  public mutating func add(_ name: StaticString, _ values: some Sequence<String>) {
    begin(name)
    append("[")
    var isFirst = true
    for value in values {
      if !isFirst { append(",") }
      append(quoted: value)
      isFirst = false
    }
    append("]")
  }

  mutating func add(_ name: StaticString, numbers: some Sequence<Int>) {
    begin(name)
    append("[")
    var isFirst = true
    for number in numbers {
      if !isFirst { append(",") }
      append(number: number)
      isFirst = false
    }
    append("]")
  }

  /// The comma after the field before, the name and the colon.
  @inline(__always)
  mutating func begin(_ name: StaticString) {
    append(last == UInt8(ascii: "{") ? "\"" : ",\"")
    append(name)
    append("\":")
  }

  /// A field whose name is a user's.
  mutating func begin(quoted name: String) {
    if last != UInt8(ascii: "{") { append(",") }
    append(quoted: name)
    append(":")
  }

  mutating func append(quoted text: String) {
    var text = text
    append("\"")
    text.withUTF8 { append(escaped: UnsafeRawBufferPointer($0)) }
    append("\"")
  }

  /// Bytes as UTF-8, repaired, with what may not stand in a JSON string or on a terminal as escapes.
  mutating func append(escaped bytes: UnsafeRawBufferPointer) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let plain = rest.prefix {
        $0 >= 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
      }
      append(bytes: UnsafeRawBufferPointer(rebasing: plain))
      rest = rest[plain.endIndex...]
      if let byte = rest.first, byte < 0x80 {
        append(escaped: byte)
        rest = rest.dropFirst()
      }
      // Every scalar and everything that is none ends before the next byte of ASCII.
      let run = rest.prefix { $0 >= 0x80 }
      for scalar in String(decoding: run, as: UTF8.self).unicodeScalars { append(escaped: scalar) }
      rest = rest[run.endIndex...]
    }
  }

  private mutating func append(escaped byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      append("\\")
      append(byte: byte)
    case UInt8(ascii: "\n"): append("\\n")
    default: append(unit: UInt16(byte))
    }
  }

  /// A scalar beyond ASCII. Beside what RFC 8259 wants escaped, whatever a terminal could take for a command or turn
  /// around is.
  private mutating func append(escaped scalar: Unicode.Scalar) {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator:
      for unit in UTF16.encode(scalar) ?? .init() { append(unit: unit) }
    default: append(scalar: scalar)
    }
  }

  private mutating func append(unit: UInt16) {
    append("\\u")
    append(hex: UInt8(unit >> 8))
    append(hex: UInt8(unit & 0xff))
  }
}
