/// A colour as a theme file writes it: `default`, `red`, `bright-blue`, `0` to `255`, `#rrggbb`.
public enum Color: Hashable, Sendable {
  case terminal
  /// One of the terminal's own 16.
  case named(UInt8)
  /// One of xterm's 256.
  case indexed(UInt8)
  case rgb(UInt8, UInt8, UInt8)

  private static let names = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]

  public init?(_ text: String) {
    if text == "default" {
      self = .terminal
    } else if let place = Self.names.firstIndex(of: text) {
      self = .named(UInt8(place))
    } else if text.hasPrefix("bright-"), let place = Self.names.firstIndex(of: String(text.dropFirst(7))) {
      self = .named(UInt8(place + 8))
    } else if text.hasPrefix("#"), text.utf8.count == 7, let value = UInt32(text.dropFirst(), radix: 16) {
      self = .rgb(UInt8(value >> 16 & 255), UInt8(value >> 8 & 255), UInt8(value & 255))
    } else if let index = UInt8(text) {
      self = .indexed(index)
    } else {
      return nil
    }
  }

  /// The nearest colour that a terminal with so many colours has, as its number; -1 is its own.
  public func number(colors: Int) -> Int {
    switch self {
    case .terminal: return -1
    case .named(let place): return Int(place) < colors ? Int(place) : Int(place) % 8
    case .indexed(let index):
      if Int(index) < colors { return colors > 256 && index >= 8 ? Self.packed(Self.rgb(index)) : Int(index) }
      return Self.nearest(Self.rgb(index), in: 0..<UInt8(clamping: colors))
    case .rgb(let red, let green, let blue):
      if colors > 256 { return Self.packed((red, green, blue)) }
      // The first 16 look different in every terminal, so only the cube and the greys can be relied on.
      return Self.nearest((red, green, blue), in: colors == 256 ? 16..<255 : 0..<UInt8(clamping: colors))
    }
  }

  private static func packed(_ rgb: (UInt8, UInt8, UInt8)) -> Int {
    Int(rgb.0) << 16 | Int(rgb.1) << 8 | Int(rgb.2)
  }

  private static func nearest(_ rgb: (UInt8, UInt8, UInt8), in range: Range<UInt8>) -> Int {
    func distance(_ index: UInt8) -> Int {
      let other = Self.rgb(index)
      let red = Int(rgb.0) - Int(other.0)
      let green = Int(rgb.1) - Int(other.1)
      let blue = Int(rgb.2) - Int(other.2)
      // Eyes see green best and blue least.
      return 3 * red * red + 6 * green * green + blue * blue
    }
    return Int(range.min { distance($0) < distance($1) } ?? 7)
  }

  /// What xterm shows for one of its 256.
  private static func rgb(_ index: UInt8) -> (UInt8, UInt8, UInt8) {
    switch index {
    case 0..<16: return basic[Int(index)]
    case 16..<232:
      let steps: [UInt8] = [0, 95, 135, 175, 215, 255]
      let place = Int(index) - 16
      return (steps[place / 36], steps[place / 6 % 6], steps[place % 6])
    default:
      let grey = 8 + 10 * (index - 232)
      return (grey, grey, grey)
    }
  }

  private static let basic: [(UInt8, UInt8, UInt8)] = [
    (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205),
    (229, 229, 229), (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255),
    (0, 255, 255), (255, 255, 255),
  ]
}
