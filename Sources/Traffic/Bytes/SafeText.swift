/// Text from outside (payloads, names, paths, what a peer said) as a terminal may show it.
public enum SafeText {
  /// The glyphs of a string, one a scalar.
  public static func glyphs(_ text: some StringProtocol) -> [Glyph] { text.unicodeScalars.map { Glyph($0) } }

  /// A string in which every scalar is safe to print.
  public static func string(_ text: some StringProtocol) -> String { String { $0.append(safe: text) } }

  /// Bytes as UTF-8; every byte that is none becomes U+FFFD.
  public static func string(utf8 bytes: some Sequence<UInt8>) -> String {
    String { text in
      for entry in DecodedBytes.utf8(Array(bytes)) where entry.place == 0 {
        text.append(scalar: entry.glyph.scalar)
      }
    }
  }

  /// Cells that a string takes once it is made safe.
  public static func width(_ text: some StringProtocol) -> Int {
    text.unicodeScalars.reduce(0) { $0 + Glyph($1).width }
  }

  /// True for ASCII that is shown as it is.
  @inline(__always)
  static func isPlain(_ byte: UInt8) -> Bool { byte >= 0x20 && byte < 0x7f }
}

extension ByteBuffer {
  /// Text from outside; every scalar is made safe to print.
  public mutating func append(safe text: some StringProtocol) {
    let isPlain = text.utf8.withContiguousStorageIfAvailable { bytes in
      guard bytes.allSatisfy(SafeText.isPlain) else { return false }
      append(bytes: bytes)
      return true
    }
    if isPlain != true { for scalar in text.unicodeScalars { append(scalar: Glyph(scalar).scalar) } }
  }
}
