/// The texts and whole numbers of one object of JSON Lines by their names; what else it has is passed over. RFC 8259.
struct JSONTexts {
  private var texts: [String: String] = [:]
  private var numbers: [String: Int64] = [:]
  private var nulls: Set<String> = []

  subscript(name: String) -> String? { texts[name] }

  func number(_ name: String) -> Int64? { numbers[name] }

  func isNull(_ name: String) -> Bool { nulls.contains(name) }

  /// Nil where the line is no object.
  init?(_ line: some Collection<UInt8>) {
    var reader = Reader(bytes: Array(line))
    guard reader.accept("{") else { return nil }
    if reader.accept("}") { return }
    repeat {
      guard let name = reader.text(), reader.accept(":") else { return nil }
      if reader.isAtText {
        guard let value = reader.text() else { return nil }
        texts[name] = value
      } else {
        let value = reader.passValue()
        if value == "null" { nulls.insert(name) } else { numbers[name] = Int64(value) }
      }
    } while reader.accept(",")
    if !reader.accept("}") { return nil }
  }

  private struct Reader {
    let bytes: [UInt8]
    var place = 0

    var isAtText: Bool {
      mutating get {
        skipBlanks()
        return place < bytes.count && bytes[place] == UInt8(ascii: "\"")
      }
    }

    mutating func skipBlanks() { while place < bytes.count, bytes[place].isBlank { place += 1 } }

    mutating func accept(_ sign: Unicode.Scalar) -> Bool {
      skipBlanks()
      guard place < bytes.count, bytes[place] == UInt8(ascii: sign) else { return false }
      place += 1
      return true
    }

    /// A string. What is escaped in those that are looked for are quotes and control characters of names.
    mutating func text() -> String? {
      guard isAtText else { return nil }
      place += 1
      var text: [UInt8] = []
      while place < bytes.count {
        let byte = bytes[place]
        place += 1
        if byte == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
        if byte != UInt8(ascii: "\\") {
          text.append(byte)
          continue
        }
        guard place < bytes.count else { return nil }
        text += [byte, bytes[place]]
        place += 1
      }
      return nil
    }

    /// A value that is no string, with what is inside it.
    mutating func passValue() -> String {
      let start = place
      var depth = 0
      while place < bytes.count {
        if isAtText {
          _ = text()
          continue
        }
        guard place < bytes.count else { break }
        switch bytes[place] {
        case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
        case UInt8(ascii: "]"), UInt8(ascii: "}"):
          if depth == 0 { return String(decoding: bytes[start..<place], as: UTF8.self) }
          depth -= 1
        case UInt8(ascii: ",") where depth == 0: return String(decoding: bytes[start..<place], as: UTF8.self)
        default: break
        }
        place += 1
      }
      return ""
    }
  }
}
