/// The line before a chunk of a body (RFC 9112, 7.1): its size in hex digits, and perhaps extensions.
enum HTTPChunkLine {
  case size(Int64, hasExtension: Bool)
  case bad
  case tooLong

  /// - Parameter line: without its line end.
  init(_ line: UnsafeRawBufferPointer) {
    let digits = line.prefix { $0.hexDigit != nil }
    var rest = line[digits.endIndex...]
    rest = rest.drop { $0 == 0x20 || $0 == 0x09 }
    guard !digits.isEmpty, rest.isEmpty || rest.first == UInt8(ascii: ";") else {
      self = .bad
      return
    }
    var size: UInt64 = 0
    for byte in digits {
      guard size >> 59 == 0 else {
        self = .tooLong
        return
      }
      size = size << 4 | UInt64(byte.hexDigit ?? 0)
    }
    self = .size(Int64(size), hasExtension: !rest.isEmpty)
  }
}
