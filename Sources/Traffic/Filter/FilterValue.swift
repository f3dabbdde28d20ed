/// What a field is compared with.
public enum FilterValue: Sendable, Equatable {
  case number(Int64)
  case time(Nanoseconds)
  /// A word as it stands; `*` is anything and `?` one character.
  case word(String)
  /// These bytes: `"text"`, `'raw text'`, `0x0d0a`, `<0d 0a>`.
  case bytes([UInt8])
  case regex(ByteRegex)

  /// Text that reads as the same value.
  var text: String {
    switch self {
    case .number(let number): "\(number)"
    case .time(let time): DurationText.text(time)
    case .word(let word): word
    case .bytes(let bytes): bytes.isEmpty ? "\"\"" : EscapedText.literal(bytes)
    case .regex(let regex): regex.text
    }
  }

  /// A text that a field has, as a word where it reads as that word.
  init(_ text: String) {
    let isWord =
      !text.isEmpty
      && text.utf8.allSatisfy { $0.isFilterWordByte && $0 != UInt8(ascii: "*") && $0 != UInt8(ascii: "?") }
      && !text.hasPrefix("/") && !text.hasPrefix("0x") && !text.hasPrefix("0X")
    self = isWord ? .word(text) : .bytes(Array(text.utf8))
  }
}

extension UInt8 {
  /// True for what may stand in a word that a field is compared with.
  var isFilterWordByte: Bool { !isBlank && self >= 0x20 && !"()\"'<>=!~".utf8.contains(self) }
}
