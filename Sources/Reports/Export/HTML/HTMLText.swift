import Traffic

extension ByteBuffer {
  /// Text from outside, in HTML and SVG: nothing of it is a tag or ends an attribute, and what cannot be seen has a stand-in.
  mutating func append(html text: some StringProtocol) {
    let begin = count
    append(safe: text)
    escape(from: begin)
  }

  /// What a closure writes, in HTML and SVG.
  mutating func append(html write: (inout ByteBuffer) -> Void) {
    let begin = count
    write(&self)
    escape(from: begin)
  }

  /// Escapes what stands from a place on; none of it may be markup.
  private mutating func escape(from begin: Int) {
    let text: [UInt8] = withUnsafeBytes { bytes in
      bytes[begin...].contains(where: Self.isMarkup) ? Array(bytes[begin...]) : []
    }
    if text.isEmpty { return }
    removeAll(from: begin)
    for byte in text {
      switch byte {
      case UInt8(ascii: "&"): append("&amp;")
      case UInt8(ascii: "<"): append("&lt;")
      case UInt8(ascii: ">"): append("&gt;")
      case UInt8(ascii: "\""): append("&quot;")
      case UInt8(ascii: "'"): append("&#39;")
      default: append(byte: byte)
      }
    }
  }

  private static func isMarkup(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): true
    default: false
    }
  }
}
