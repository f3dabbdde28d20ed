import Traffic

/// A way to write bytes, for other programs. Text is what the bytes are as UTF-8, with U+FFFD for what is none.
public enum CopyForm: String, CaseIterable, Sendable {
  case hex, burst, python, c, base64, text, raw

  /// The forms that are text, and so can go to a clipboard.
  static let ofText = allCases.filter { $0 != .raw }

  /// What it is called.
  var name: String {
    switch self {
    case .hex: "hex"
    case .burst: "a burst"
    case .python: "Python bytes"
    case .c: "a C array"
    case .base64: "base64"
    case .text: "text"
    case .raw: "raw bytes"
    }
  }

  public func text(_ bytes: [UInt8]) -> String {
    if self == .burst { return Burst(steps: [.send(.bytes(bytes))]).text }
    var encoder = CopyEncoder(self)
    return String(decoding: encoder.encode(bytes) + encoder.finish(), as: UTF8.self)
  }

  /// RFC 4648.
  public static func base64(_ bytes: [UInt8]) -> String { CopyForm.base64.text(bytes) }
}
