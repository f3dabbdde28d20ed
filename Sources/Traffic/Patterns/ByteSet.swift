/// A set of byte values.
struct ByteSet: Sendable, Equatable {
  private var low: UInt128 = 0
  private var high: UInt128 = 0

  init() {}

  init(_ range: ClosedRange<UInt8>) { for byte in range { insert(byte) } }

  static let digits = ByteSet(UInt8(ascii: "0")...UInt8(ascii: "9"))
  static let blanks = ByteSet(0x09...0x0d).union(ByteSet(0x20...0x20))
  static let words = digits.union(ByteSet(UInt8(ascii: "a")...UInt8(ascii: "z")))
    .union(ByteSet(UInt8(ascii: "A")...UInt8(ascii: "Z"))).union(
      ByteSet(UInt8(ascii: "_")...UInt8(ascii: "_")))
  static let lineEnd = ByteSet(0x0a...0x0a)

  func contains(_ byte: UInt8) -> Bool {
    (byte < 0x80 ? low >> UInt128(byte) : high >> UInt128(byte & 0x7f)) & 1 == 1
  }

  mutating func insert(_ byte: UInt8) {
    if byte < 0x80 { low |= 1 << UInt128(byte) } else { high |= 1 << UInt128(byte & 0x7f) }
  }

  func union(_ other: ByteSet) -> ByteSet {
    var result = self
    result.low |= other.low
    result.high |= other.high
    return result
  }

  var inverted: ByteSet {
    var result = self
    result.low = ~low
    result.high = ~high
    return result
  }
}

extension ByteSet {
  /// The byte of a set that holds no other.
  var only: UInt8? {
    let members = (UInt8.min...UInt8.max).filter(contains)
    return members.count == 1 ? members[0] : nil
  }
}
