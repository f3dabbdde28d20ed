/// Bytes to look for, some of which may be any: `<0d ?? 0a>`.
public struct MaskedBytes: Sendable, Equatable {
  /// What stands at each place; 0 where any byte may.
  let values: [UInt8]
  /// 0xff where a byte has to stand, 0 where any may. One at least has to.
  let masks: [UInt8]

  var count: Int { values.count }

  init(_ bytes: [UInt8]) { (values, masks) = (bytes, Array(repeating: 0xff, count: bytes.count)) }

  /// - Parameter bytes: nil where any byte may stand.
  init(masked bytes: [UInt8?]) {
    values = bytes.map { $0 ?? 0 }
    masks = bytes.map { $0 == nil ? 0 : 0xff }
  }

  /// Text that reads as the same bytes.
  var text: String {
    if !masks.contains(0) { return EscapedText.literal(values) }
    let places = zip(values, masks).map { value, mask in
      mask == 0 ? "??" : (value < 16 ? "0" : "") + String(value, radix: 16)
    }
    return "<\(places.joined(separator: " "))>"
  }

  /// True if they stand at a place, behind which there have to be as many.
  @inline(__always)
  func stand(in bytes: UnsafeRawBufferPointer, at place: Int) -> Bool {
    for index in values.indices where bytes[place + index] & masks[index] != values[index] { return false }
    return true
  }
}

extension TextCursor {
  /// Hex with `??` for any byte: `0x0d??0a`, or `<0d ?? 0a>` with blanks between whole bytes.
  mutating func takeMaskedBytes() throws(SyntaxError) -> MaskedBytes {
    let start = position
    let isBracketed = byte == UInt8(ascii: "<")
    position += isBracketed ? 1 : 2
    var bytes: [UInt8?] = []
    while true {
      if isBracketed { while let byte, byte.isBlank { position += 1 } }
      guard let first = byte, isBracketed ? first != UInt8(ascii: ">") : !first.isBlank else { break }
      bytes.append(try takeMaskedByte())
    }
    if isBracketed, !accept(UInt8(ascii: ">")) { throw error("expected hex digits, ?? or >") }
    guard !bytes.isEmpty else {
      throw error("expected hex digits or ??", at: isBracketed ? start + 1 : position)
    }
    guard bytes.contains(where: { $0 != nil }) else {
      throw error("?? alone is everywhere: expected a byte", at: start)
    }
    return MaskedBytes(masked: bytes)
  }

  private mutating func takeMaskedByte() throws(SyntaxError) -> UInt8? {
    let any = UInt8(ascii: "?")
    if byte == any {
      guard byte(after: 1) == any else { throw error("any byte is ??: expected two question marks") }
      position += 2
      return nil
    }
    guard let high = byte?.hexDigit else { throw error("expected a hex digit: 0 to 9 or a to f; or ??") }
    position += 1
    guard let low = byte?.hexDigit else {
      throw error("an odd number of hex digits: a byte has two, such as 0d")
    }
    position += 1
    return high << 4 | low
  }
}
