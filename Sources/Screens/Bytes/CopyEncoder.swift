import Traffic

/// Writes bytes in a form, piece by piece; the pieces together are what the whole would be.
public struct CopyEncoder {
  private static let digits = Array("0123456789abcdef".utf8)

  private let form: CopyForm
  /// Bytes that can only be written with those that follow them.
  private var rest: [UInt8] = []
  private var isOpen = false
  /// No byte is written yet.
  private var isFirst = true
  /// A burst of bytes that nobody can read, as its first piece told.
  private var isHexBurst = false

  public init(_ form: CopyForm) { self.form = form }

  /// The next piece; what is needed before the first byte included.
  public mutating func encode(_ piece: [UInt8]) -> [UInt8] {
    var bytes = rest + piece
    let kept = countToKeep(bytes)
    rest = bytes.suffix(kept)
    bytes.removeLast(kept)
    var written = open(before: bytes)
    write(bytes, &written)
    return written
  }

  /// What is left, and what is needed after the last byte. Nothing can be encoded after this.
  public mutating func finish() -> [UInt8] {
    var written = open(before: rest)
    write(rest, &written)
    return written + closing
  }

  private mutating func open(before bytes: [UInt8]) -> [UInt8] {
    if isOpen { return [] }
    isOpen = true
    isHexBurst = form == .burst && !EscapedText.isReadable(bytes)
    return opening
  }

  private var opening: [UInt8] {
    switch form {
    case .hex, .base64, .text, .raw: []
    case .burst: Array((isHexBurst ? "0x" : "\"").utf8)
    case .python: Array("b\"".utf8)
    case .c: Array("{ ".utf8)
    }
  }

  private var closing: [UInt8] {
    switch form {
    case .hex, .base64, .text, .raw: []
    case .burst: isHexBurst ? [] : [UInt8(ascii: "\"")]
    case .python: [UInt8(ascii: "\"")]
    case .c: Array(" }".utf8)
    }
  }

  private func countToKeep(_ bytes: [UInt8]) -> Int {
    switch form {
    case .hex, .python, .c, .raw: return 0
    case .base64: return bytes.count % 3
    case .text, .burst:
      // The beginning of a character; and % and { together would begin a macro.
      if form == .burst, bytes.last == UInt8(ascii: "%") { return 1 }
      for count in 1...3 where count <= bytes.count {
        let byte = bytes[bytes.count - count]
        if byte & 0xc0 == 0x80 { continue }
        let length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
        return length > count ? count : 0
      }
      return 0
    }
  }

  private mutating func write(_ bytes: [UInt8], _ written: inout [UInt8]) {
    if bytes.isEmpty { return }
    switch form {
    case .raw: written += bytes
    case .text: written += SafeText.string(utf8: bytes).utf8
    case .burst where isHexBurst: for byte in bytes { Self.hex(byte, &written) }
    case .burst: written += EscapedText.escaped(bytes).utf8
    case .python: for byte in bytes { Self.python(byte, &written) }
    case .hex: separated(bytes, by: " ", before: "", &written)
    case .c: separated(bytes, by: ", ", before: "0x", &written)
    case .base64: Self.base64(bytes, &written)
    }
    isFirst = false
  }

  private func separated(
    _ bytes: [UInt8], by separator: StaticString, before prefix: StaticString, _ written: inout [UInt8]
  ) {
    written.reserveCapacity(written.count + 6 * bytes.count)
    var isFirst = isFirst
    for byte in bytes {
      if !isFirst { Self.append(separator, &written) }
      Self.append(prefix, &written)
      Self.hex(byte, &written)
      isFirst = false
    }
  }

  private static func append(_ text: StaticString, _ written: inout [UInt8]) {
    text.withUTF8Buffer { written.append(contentsOf: $0) }
  }

  private static func hex(_ byte: UInt8, _ written: inout [UInt8]) {
    written.append(digits[Int(byte >> 4)])
    written.append(digits[Int(byte & 15)])
  }

  private static func python(_ byte: UInt8, _ written: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "\""): append("\\\"", &written)
    case UInt8(ascii: "\\"): append("\\\\", &written)
    case 0x0a: append("\\n", &written)
    case 0x0d: append("\\r", &written)
    case 0x09: append("\\t", &written)
    case 0x20...0x7e: written.append(byte)
    default:
      append("\\x", &written)
      hex(byte, &written)
    }
  }

  private static func base64(_ bytes: [UInt8], _ written: inout [UInt8]) {
    var text = ByteBuffer(capacity: bytes.count / 3 * 4 + 4)
    bytes.withUnsafeBytes { text.append(base64: $0) }
    text.withUnsafeBytes { written += $0 }
  }
}
