/// The five classes of bytes that carry the colouring of hex, as hexyl(1) has them.
public enum ByteClass: CaseIterable, Sendable {
  case null
  /// ASCII letters, digits, punctuation: 0x21 to 0x7e.
  case printable
  /// Space, tab, line feed, vertical tab, form feed, carriage return.
  case whitespace
  /// The other C0 controls, and DEL.
  case otherASCII
  case nonASCII

  public init(_ byte: UInt8) {
    switch byte {
    case 0: self = .null
    case 0x09...0x0d, 0x20: self = .whitespace
    case 0x21...0x7e: self = .printable
    case 0x80...: self = .nonASCII
    default: self = .otherASCII
    }
  }
}
