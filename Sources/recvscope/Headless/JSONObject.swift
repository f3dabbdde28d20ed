/// One JSON object on one line, written field by field. RFC 8259.
struct JSONObject {
  private(set) var bytes: [UInt8] = [UInt8(ascii: "{")]

  mutating func add(_ name: String, _ value: String) {
    begin(name)
    append(quoted: value)
  }

  mutating func add(_ name: String, _ value: Int64?) {
    begin(name)
    bytes += (value.map { String($0) } ?? "null").utf8
  }

  mutating func add(_ name: String, _ value: Int?) { add(name, value.map(Int64.init)) }

  mutating func add(_ name: String, _ value: Bool) {
    begin(name)
    bytes += (value ? "true" : "false").utf8
  }

  mutating func addNull(_ name: String) { add(name, Int64?.none) }

  mutating func add(_ name: String, _ values: [String]) {
    begin(name)
    bytes.append(UInt8(ascii: "["))
    for (index, value) in values.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(quoted: value)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  /// The line, with its newline.
  var line: [UInt8] { bytes + [UInt8(ascii: "}"), UInt8(ascii: "\n")] }

  private mutating func begin(_ name: String) {
    if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
    append(quoted: name)
    bytes.append(UInt8(ascii: ":"))
  }

  private mutating func append(quoted text: String) {
    bytes.append(UInt8(ascii: "\""))
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": bytes += [UInt8(ascii: "\\"), UInt8(scalar.value)]
      case "\n": bytes += "\\n".utf8
      // Beside what RFC 8259 wants escaped, whatever a terminal could take for a command or turn around.
      case _ where scalar.value < 0x20 || isHazardous(scalar): appendEscape(scalar)
      default: bytes += UTF8.encode(scalar).map(Array.init) ?? []
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private func isHazardous(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }

  private mutating func appendEscape(_ scalar: Unicode.Scalar) {
    for unit in String(scalar).utf16 {
      let digits = String(unit, radix: 16)
      bytes += "\\u".utf8
      bytes += String(repeating: "0", count: 4 - digits.count).utf8
      bytes += digits.utf8
    }
  }
}
