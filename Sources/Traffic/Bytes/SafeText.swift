/// Text from outside (payloads, names, paths, what a peer said) as a terminal may show it.
public enum SafeText {
  /// The glyphs of a string, one a scalar.
  public static func glyphs(_ text: some StringProtocol) -> [Glyph] { text.unicodeScalars.map { Glyph($0) } }

  /// A string in which every scalar is safe to print.
  public static func string(_ text: some StringProtocol) -> String { string(glyphs(text)) }

  /// Bytes as UTF-8; every byte that is none becomes U+FFFD.
  public static func string(utf8 bytes: some Sequence<UInt8>) -> String {
    string(DecodedBytes.utf8(Array(bytes)).filter { $0.place == 0 }.map(\.glyph))
  }

  /// Cells that a string takes once it is made safe.
  public static func width(_ text: some StringProtocol) -> Int {
    text.unicodeScalars.reduce(0) { $0 + Glyph($1).width }
  }

  private static func string(_ glyphs: [Glyph]) -> String {
    var scalars = String.UnicodeScalarView()
    for glyph in glyphs { scalars.append(glyph.scalar) }
    return String(scalars)
  }
}
