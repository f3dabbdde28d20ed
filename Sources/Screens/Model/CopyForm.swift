import Traffic

/// A way to write bytes as text, for other programs.
public enum CopyForm: String, CaseIterable, Sendable {
  case hex, burst, python, c, base64, text

  var words: String {
    switch self {
    case .hex: "copy as hex: 31 32 33"
    case .burst: "copy as a burst: \"123\""
    case .python: "copy as Python bytes: b\"123\""
    case .c: "copy as a C array: { 0x31, 0x32 }"
    case .base64: "copy as base64"
    case .text: "copy as text"
    }
  }

  public func text(_ bytes: [UInt8]) -> String {
    switch self {
    case .hex: bytes.map(HexLine.digits).joined(separator: " ")
    case .burst: Burst(steps: [.send(.bytes(bytes))]).text
    case .python: "b\"\(bytes.map(Self.python).joined())\""
    case .c: "{ \(bytes.map { "0x\(HexLine.digits($0))" }.joined(separator: ", ")) }"
    case .base64: Self.base64(bytes)
    case .text: SafeText.string(utf8: bytes)
    }
  }

  private static func python(_ byte: UInt8) -> String {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): "\\" + String(Unicode.Scalar(byte))
    case 0x0a: "\\n"
    case 0x0d: "\\r"
    case 0x09: "\\t"
    case 0x20...0x7e: String(Unicode.Scalar(byte))
    default: "\\x\(HexLine.digits(byte))"
    }
  }

  /// RFC 4648.
  public static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".unicodeScalars)
    var text = String.UnicodeScalarView()
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let value = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
      for place in 0..<4 {
        text.append(place <= group.count ? alphabet[Int(value >> UInt32(18 - 6 * place) & 63)] : "=")
      }
    }
    return String(text)
  }
}
