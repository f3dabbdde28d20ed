/// Bytes as a literal of the burst language.
public enum EscapedText {
  /// A string where most bytes can be read, without escapes where that is possible; hex where not.
  public static func literal(_ bytes: [UInt8]) -> String {
    isReadable(bytes) ? raw(bytes) ?? quoted(bytes) : "0x" + bytes.map(hex).joined()
  }

  /// A string in single quotes, if that spares it all escapes; nil if it needs none.
  private static func raw(_ bytes: [UInt8]) -> String? {
    guard !bytes.contains(UInt8(ascii: "'")), let text = String(validating: bytes, as: UTF8.self),
      escaped(bytes).utf8.count > bytes.count,
      text.unicodeScalars.allSatisfy({ $0 == "\"" || $0 == "\\" || escaped($0).utf8.count == UTF8.width($0) })
    else { return nil }
    return "'\(text)'"
  }

  /// True if at least half of the bytes can be read as text.
  public static func isReadable(_ bytes: [UInt8]) -> Bool {
    let readable = bytes.count { $0 >= 0x20 && $0 != 0x7f || $0 == 0x0a || $0 == 0x0d || $0 == 0x09 }
    let isText = String(validating: bytes, as: UTF8.self) != nil
    let ascii = isText ? readable : readable - bytes.count { $0 >= 0x80 }
    return ascii * 2 >= bytes.count
  }

  /// A string in double quotes.
  static func quoted(_ bytes: [UInt8]) -> String { "\"\(escaped(bytes))\"" }

  /// The first bytes in quotes, `…` behind them if there are more.
  public static func quotedStart(of bytes: [UInt8], most: Int = 60) -> String {
    bytes.count <= most ? quoted(bytes) : quoted(Array(bytes.prefix(most))) + "…"
  }

  /// What stands between the quotes. UTF-8 stays as it is if it can be seen; a stray byte becomes `\xHH`.
  public static func escaped(_ bytes: [UInt8]) -> String {
    var result = ""
    var isAfterPercent = false
    func append(_ scalar: Unicode.Scalar, _ text: String) {
      // %{ would begin a macro.
      if isAfterPercent, scalar == "{" {
        result.removeLast()
        result += "\\%"
      }
      isAfterPercent = scalar == "%"
      result += text
    }
    if let text = String(validating: bytes, as: UTF8.self) {
      for scalar in text.unicodeScalars { append(scalar, escaped(scalar)) }
    } else {
      for byte in bytes {
        append(Unicode.Scalar(byte), byte < 0x80 ? escaped(Unicode.Scalar(byte)) : "\\x" + hex(byte))
      }
    }
    return result
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\"": return "\\\""
    case "\\": return "\\\\"
    case "\n": return "\\n"
    case "\r": return "\\r"
    case "\t": return "\\t"
    case "\u{1b}": return "\\e"
    case "\u{20}"..."\u{7e}": return String(Character(scalar))
    case "\u{0}"..."\u{7f}": return "\\x" + hex(UInt8(truncatingIfNeeded: scalar.value))
    default: break
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
      .spaceSeparator, .nonspacingMark, .enclosingMark, .spacingMark:
      return "\\u{\(String(scalar.value, radix: 16))}"
    default: return String(Character(scalar))
    }
  }

  private static func hex(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16)
    return byte < 0x10 ? "0" + digits : digits
  }
}
