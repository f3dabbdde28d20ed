/// What a received stream is searched for.
public enum Pattern: Sendable, Equatable {
  /// These bytes, at least one.
  case bytes([UInt8])
  case regex(ByteRegex)
  /// Each time that so many more bytes have come.
  case count(Int)

  /// The pattern as text that reads as the same pattern.
  public var text: String {
    switch self {
    case .bytes(let bytes): EscapedText.literal(bytes)
    case .regex(let regex): regex.text
    case .count(let count): "bytes \(count)"
    }
  }
}
