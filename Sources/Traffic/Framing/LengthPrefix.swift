/// A message that says how long it is, in a number of fixed width or in decimal text.
public struct LengthPrefix: Sendable, Hashable {
  /// How the number is written; `be` has its highest byte first, `le` its lowest.
  public enum Number: String, Sendable, CaseIterable {
    case u8, u16be, u16le, u24be, u32be, u32le, u64be, u64le
    /// Decimal digits, and one byte that ends them and is none.
    case text

    /// In bytes; of `text` that which is known before it is read: none.
    var width: Int {
      switch self {
      case .u8: 1
      case .u16be, .u16le: 2
      case .u24be: 3
      case .u32be, .u32le: 4
      case .u64be, .u64le: 8
      case .text: 0
      }
    }

    var isLittleEndian: Bool {
      switch self {
      case .u16le, .u32le, .u64le: true
      case .u8, .u16be, .u24be, .u32be, .u64be, .text: false
      }
    }
  }

  /// The number may stand behind so many bytes, which are held until they are all there.
  public static let offsets = 0...65535

  public var number: Number
  /// Where the number stands, from the beginning of the message.
  public var offset: Int
  /// The whole message is so much longer than the number says. Nil: the number counts what follows it. Behind
  /// `text`, whose width varies: so much more follows than the number says.
  public var excess: Int?
  /// The longest message that is taken, with all its bytes; nil: any.
  public var maximum: Int?

  public init(_ number: Number, at offset: Int = 0, excess: Int? = nil, maximum: Int? = nil) {
    self.number = number
    self.offset = offset
    self.excess = excess
    self.maximum = maximum
  }

  var text: String {
    let place = offset == 0 ? "" : "@\(offset)"
    let difference = excess.map { $0 < 0 ? "\($0)" : "+\($0)" } ?? ""
    return
      "length:\(number.rawValue)\(place)\(difference)\(maximum.map { " max \(SizeText.text($0))" } ?? "")"
  }
}
