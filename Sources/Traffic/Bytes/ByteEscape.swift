/// Bytes as C writes them in a string: what can be printed stays, the rest is an escape.
public enum ByteEscape {
  /// The most characters that a byte takes: `\xff`.
  public static let longest = 4

  /// One byte by itself: `a`, `\n`, `\r`, `\t`, `\0`, `\\`, `\xff`. ASCII alone, of 1, 2 or 4 characters.
  public static func text(_ byte: UInt8) -> String {
    switch byte {
    case 0: "\\0"
    case 0x09: "\\t"
    case 0x0a: "\\n"
    case 0x0d: "\\r"
    case UInt8(ascii: "\\"): "\\\\"
    case 0x20...0x7e: String(Unicode.Scalar(byte))
    default: "\\x\(HexLine.digits(byte))"
    }
  }
}
