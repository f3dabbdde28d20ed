extension ByteBuffer {
  /// Base64 with padding. RFC 4648, section 4.
  public mutating func append(base64 bytes: UnsafeRawBufferPointer) {
    let alphabet: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    let digits = alphabet.utf8Start
    let count = (bytes.count + 2) / 3 * 4
    var place = room(for: count)
    let rest = bytes.count % 3
    for at in stride(from: 0, to: bytes.count - rest, by: 3) {
      let bits = Int(bytes[at]) << 16 | Int(bytes[at + 1]) << 8 | Int(bytes[at + 2])
      place[0] = digits[bits >> 18]
      place[1] = digits[bits >> 12 & 63]
      place[2] = digits[bits >> 6 & 63]
      place[3] = digits[bits & 63]
      place += 4
    }
    if rest > 0 {
      let first = Int(bytes[bytes.count - rest])
      let second = rest == 2 ? Int(bytes[bytes.count - 1]) : 0
      place[0] = digits[first >> 2]
      place[1] = digits[first << 4 & 63 | second >> 4]
      place[2] = rest == 2 ? digits[second << 2 & 63] : UInt8(ascii: "=")
      place[3] = UInt8(ascii: "=")
    }
    length += count
  }
}
