/// Numbers in decimal digits.
enum Decimal {
  /// How many digits a number has; 1 for 0.
  @inline(__always)
  static func digits(of value: UInt64) -> Int {
    var count = 1
    var bound: UInt64 = 10
    // Ten to the power of 20 is no UInt64.
    while count < 20, value >= bound {
      count += 1
      bound = bound &* 10
    }
    return count
  }

  /// Writes the last digits of a number, two at a time.
  @inline(__always)
  static func write(_ value: UInt64, digits: Int, to place: UnsafeMutablePointer<UInt8>) {
    let pairs: StaticString = """
      0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849\
      5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899
      """
    var rest = value
    var left = digits
    while left >= 2 {
      let (quotient, pair) = rest.quotientAndRemainder(dividingBy: 100)
      place[left - 2] = pairs.utf8Start[Int(pair) * 2]
      place[left - 1] = pairs.utf8Start[Int(pair) * 2 + 1]
      rest = quotient
      left -= 2
    }
    if left == 1 { place[0] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10) }
  }
}

extension ByteBuffer {
  /// A number in decimal digits, with zeros before it up to so many digits.
  public mutating func append(number value: Int64, digits: Int = 1) {
    if value < 0 { append(byte: UInt8(ascii: "-")) }
    let count = max(digits, Decimal.digits(of: value.magnitude))
    Decimal.write(value.magnitude, digits: count, to: room(for: count))
    length += count
  }

  @inlinable public mutating func append(number value: some FixedWidthInteger) {
    append(number: Int64(value))
  }
}
