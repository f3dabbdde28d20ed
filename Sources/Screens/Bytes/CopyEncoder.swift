import Traffic

/// Writes bytes in a form, piece by piece; the pieces together are what the whole would be.
public struct CopyEncoder {
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
    var written = ByteBuffer(capacity: 4 * bytes.count + 16)
    open(before: bytes, &written)
    write(bytes, &written)
    return written.withUnsafeBytes { Array($0) }
  }

  /// What is left, and what is needed after the last byte. Nothing can be encoded after this.
  public mutating func finish() -> [UInt8] {
    var written = ByteBuffer()
    open(before: rest, &written)
    write(rest, &written)
    switch form {
    case .hex, .base64, .text, .raw: break
    case .burst: if !isHexBurst { written.append("\"") }
    case .python: written.append("\"")
    case .c: written.append(" }")
    }
    return written.withUnsafeBytes { Array($0) }
  }

  private mutating func open(before bytes: [UInt8], _ written: inout ByteBuffer) {
    if isOpen { return }
    isOpen = true
    isHexBurst = form == .burst && !EscapedText.isReadable(bytes)
    switch form {
    case .hex, .base64, .text, .raw: break
    case .burst: written.append(isHexBurst ? "0x" : "\"")
    case .python: written.append("b\"")
    case .c: written.append("{ ")
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

  private mutating func write(_ bytes: [UInt8], _ written: inout ByteBuffer) {
    if bytes.isEmpty { return }
    switch form {
    case .raw: bytes.withUnsafeBytes { written.append(bytes: $0) }
    case .text: written.append(text: String(decoding: bytes, as: UTF8.self))
    case .burst where isHexBurst: bytes.withUnsafeBytes { written.append(hex: $0) }
    case .burst: written.append(text: EscapedText.escaped(bytes))
    case .python: for byte in bytes { Self.python(byte, &written) }
    case .hex: separated(bytes, by: " ", before: "", &written)
    case .c: separated(bytes, by: ", ", before: "0x", &written)
    case .base64: bytes.withUnsafeBytes { written.append(base64: $0) }
    }
    isFirst = false
  }

  private func separated(
    _ bytes: [UInt8], by separator: StaticString, before prefix: StaticString, _ written: inout ByteBuffer
  ) {
    for (index, byte) in bytes.enumerated() {
      if !isFirst || index > 0 { written.append(separator) }
      written.append(prefix)
      written.append(hex: byte)
    }
  }

  private static func python(_ byte: UInt8, _ written: inout ByteBuffer) {
    switch byte {
    case UInt8(ascii: "\""): written.append("\\\"")
    case UInt8(ascii: "\\"): written.append("\\\\")
    case 0x0a: written.append("\\n")
    case 0x0d: written.append("\\r")
    case 0x09: written.append("\\t")
    case 0x20...0x7e: written.append(byte: byte)
    default:
      written.append("\\x")
      written.append(hex: byte)
    }
  }
}
