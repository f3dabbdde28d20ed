/// What may stand in a terminal's cells for one scalar or one byte: nothing that moves, hides or turns anything.
///
/// Controls, format characters, bidi, zero-width and combining characters, private and unassigned code points and
/// scripts that terminals reorder never get through; each gets one visible replacement instead.
public struct Glyph: Hashable, Sendable {
  /// A scalar that is safe to print by itself.
  public let scalar: Unicode.Scalar
  /// Cells it takes, 1 or 2.
  public let width: Int
  /// True if it stands for something that cannot be shown.
  public let isReplacement: Bool

  init(_ scalar: Unicode.Scalar, width: Int = 1, isReplacement: Bool = false) {
    self.scalar = scalar
    self.width = width
    self.isReplacement = isReplacement
  }

  /// Stands for whatever has no picture of its own: U+FFFD.
  public static let unknown = Glyph("\u{fffd}", isReplacement: true)

  /// The glyph of a scalar.
  public init(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x20...0x7e: self.init(scalar, width: 1)
    case 0..<0x20: self = .control(UInt8(scalar.value))
    case 0x7f: self = .delete
    case 0x80..<0xa0: self = .unknown
    // Lines and blocks, of which each frame has hundreds: asking for a scalar's properties is slow.
    case 0x2500...0x259f: self.init(scalar, width: 1)
    default: self = Self.beyondASCII(scalar)
    }
  }

  /// The glyph of a byte seen by itself: ASCII as it is, the rest replaced.
  public init(byte: UInt8) {
    self = byte < 0x80 ? Glyph(Unicode.Scalar(byte)) : Glyph("·", isReplacement: true)
  }

  /// The glyph of a byte read as ISO 8859-1.
  public init(latin1 byte: UInt8) { self.init(Unicode.Scalar(byte)) }

  private static let delete = Glyph("\u{2421}", isReplacement: true)

  /// The pictures of the C0 controls lie in their order from U+2400.
  private static func control(_ byte: UInt8) -> Glyph {
    Unicode.Scalar(0x2400 + UInt32(byte)).map { Glyph($0, isReplacement: true) } ?? .unknown
  }

  private static func beyondASCII(_ scalar: Unicode.Scalar) -> Glyph {
    let properties = scalar.properties
    // Terminals lag behind Unicode: of what is newer than this they draw something, but who knows how wide.
    guard let age = properties.age, age.major <= 12, !properties.isDefaultIgnorableCodePoint,
      !CellWidth.isReordered(scalar), !CellWidth.isJoining(scalar)
    else { return .unknown }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber,
      .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .otherPunctuation,
      .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
      return Glyph(scalar, width: CellWidth.isWide(scalar) ? 2 : 1)
    case .nonspacingMark, .spacingMark, .enclosingMark, .spaceSeparator, .lineSeparator,
      .paragraphSeparator, .control, .format, .surrogate, .privateUse, .unassigned:
      return .unknown
    @unknown default:
      return .unknown
    }
  }
}
