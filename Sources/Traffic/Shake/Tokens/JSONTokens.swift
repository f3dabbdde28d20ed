/// A value of JSON. A character of several bytes and an escape are tokens of their own in their string.
enum JSONTokens {
  static func take(_ writer: inout TokenWriter) {
    while let byte = writer.byte {
      switch byte {
      case UInt8(ascii: "\""): takeString(&writer)
      case UInt8(ascii: "{"): writer.take(1, "opening brace")
      case UInt8(ascii: "}"): writer.take(1, "closing brace")
      case UInt8(ascii: "["): writer.take(1, "opening bracket")
      case UInt8(ascii: "]"): writer.take(1, "closing bracket")
      case UInt8(ascii: ":"): writer.take(1, "colon")
      case UInt8(ascii: ","): writer.take(1, "comma")
      case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): takeRun("number", isNumber, &writer)
      case _ where byte.isLetter: takeRun("literal", \.isLetter, &writer)
      case _ where isSpace(byte): takeRun("white space", isSpace, &writer)
      // Inside brackets a mistake is no end.
      default: takeRun("stray bytes", isStray, &writer)
      }
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09
  }

  private static func isNumber(_ byte: UInt8) -> Bool {
    byte.isDigit || "+-.eE".utf8.contains(byte)
  }

  private static func isStray(_ byte: UInt8) -> Bool {
    !isSpace(byte) && !byte.isDigit && !byte.isLetter && !"\"{}[]:,-".utf8.contains(byte)
  }

  private static func takeRun(_ name: String, _ isPart: (UInt8) -> Bool, _ writer: inout TokenWriter) {
    let rest = writer.rest
    var count = 1
    while count < rest.count, isPart(rest[count]) { count += 1 }
    writer.take(count, name)
  }

  private static func takeString(_ writer: inout TokenWriter) {
    let rest = writer.rest
    let (end, escapes) = shape(rest)
    var next = end
    while next < rest.count, isSpace(rest[next]) { next += 1 }
    let name = next < rest.count && rest[next] == UInt8(ascii: ":") ? "key" : "string"
    var place = 0
    for escape in escapes {
      writer.takeText(UnsafeRawBufferPointer(rebasing: rest[place..<escape.lowerBound]), name)
      writer.take(escape.count, "escape of the \(name)")
      place = escape.upperBound
    }
    writer.takeText(UnsafeRawBufferPointer(rebasing: rest[place..<end]), name)
  }

  /// Where a string ends, behind its quote, and where its escapes lie.
  private static func shape(_ rest: UnsafeRawBufferPointer) -> (end: Int, escapes: [Range<Int>]) {
    var escapes: [Range<Int>] = []
    var place = 1
    while place < rest.count {
      switch rest[place] {
      case UInt8(ascii: "\""): return (place + 1, escapes)
      case UInt8(ascii: "\\"):
        let start = place
        place = min(rest.count, place + 2)
        if rest[place - 1] == UInt8(ascii: "u"), place == start + 2 {
          let most = min(rest.count, place + 4)
          while place < most, rest[place].hexDigit != nil { place += 1 }
        }
        escapes.append(start..<place)
      default: place += 1
      }
    }
    return (rest.count, escapes)
  }
}
