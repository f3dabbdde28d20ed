/// A number of JSON (RFC 8259, 6), byte by byte.
struct JSONNumber {
  enum Step { case part, end, mistake }

  private enum Place { case start, minus, zero, digits, point, fraction, exponent, sign, power }

  private var place = Place.start

  /// True if it may end here.
  var isWhole: Bool {
    switch place {
    case .zero, .digits, .fraction, .power: true
    case .start, .minus, .point, .exponent, .sign: false
    }
  }

  mutating func accept(_ byte: UInt8) -> Step {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return go(digit(byte))
    case UInt8(ascii: "-"), UInt8(ascii: "+"):
      if place == .start, byte == UInt8(ascii: "-") { return go(.minus) }
      return go(place == .exponent ? .sign : nil)
    case UInt8(ascii: "."): return go(place == .zero || place == .digits ? .point : nil)
    case UInt8(ascii: "e"), UInt8(ascii: "E"):
      return go(place == .zero || place == .digits || place == .fraction ? .exponent : nil)
    default: return isWhole ? .end : .mistake
    }
  }

  private func digit(_ byte: UInt8) -> Place? {
    switch place {
    case .start, .minus: byte == UInt8(ascii: "0") ? .zero : .digits
    case .zero: nil
    case .digits: .digits
    case .point, .fraction: .fraction
    case .exponent, .sign, .power: .power
    }
  }

  private mutating func go(_ next: Place?) -> Step {
    guard let next else { return .mistake }
    place = next
    return .part
  }
}
