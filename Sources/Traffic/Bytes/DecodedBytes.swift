/// Bytes as text, one entry a byte, so that a text column stays in step with its hex.
public enum DecodedBytes {
  /// What one byte of a text shows.
  public struct Entry: Hashable, Sendable {
    /// The glyph of the scalar that the byte belongs to.
    public var glyph: Glyph
    /// Place of the byte in its scalar's bytes, from 0. The glyph is drawn at place 0.
    public var place: Int
  }

  /// Reads UTF-8; a byte that belongs to no valid scalar stands for itself.
  public static func utf8(_ bytes: [UInt8]) -> [Entry] {
    var entries: [Entry] = []
    entries.reserveCapacity(bytes.count)
    var at = 0
    while at < bytes.count {
      if let (scalar, length) = scalar(in: bytes, at: at) {
        let glyph = Glyph(scalar)
        for place in 0..<length { entries.append(Entry(glyph: glyph, place: place)) }
        at += length
      } else {
        entries.append(Entry(glyph: .unknown, place: 0))
        at += 1
      }
    }
    return entries
  }

  /// Reads ASCII; every other byte is a dot.
  public static func ascii(_ bytes: [UInt8]) -> [Entry] {
    bytes.map { Entry(glyph: Glyph(byte: $0), place: 0) }
  }

  /// Reads ISO 8859-1.
  public static func latin1(_ bytes: [UInt8]) -> [Entry] {
    bytes.map { Entry(glyph: Glyph(latin1: $0), place: 0) }
  }

  /// The scalar that begins at an index, with its length in bytes. RFC 3629, Table 3-7 of Unicode.
  private static func scalar(in bytes: [UInt8], at index: Int) -> (Unicode.Scalar, Int)? {
    let first = bytes[index]
    let length: Int
    var value: UInt32
    switch first {
    case 0..<0x80: return (Unicode.Scalar(first), 1)
    case 0xc2...0xdf: (length, value) = (2, UInt32(first & 0x1f))
    case 0xe0...0xef: (length, value) = (3, UInt32(first & 0x0f))
    case 0xf0...0xf4: (length, value) = (4, UInt32(first & 0x07))
    default: return nil
    }
    guard index + length <= bytes.count else { return nil }
    for byte in bytes[index + 1..<index + length] {
      guard byte & 0xc0 == 0x80 else { return nil }
      value = value << 6 | UInt32(byte & 0x3f)
    }
    let least: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x1_0000
    guard value >= least, let scalar = Unicode.Scalar(value) else { return nil }
    return (scalar, length)
  }
}
