/// Times, lengths of time and sizes in the units people read.
public enum Units {
  /// A length of time to about three digits: `412 ns`, `5.1 µs`, `412 µs`, `101.2 ms`, `12.4 s`, `2 min 03 s`.
  public static func duration(_ nanoseconds: Nanoseconds) -> String {
    String { $0.append(duration: nanoseconds) }
  }

  /// A time of the run, in seconds to the microsecond: `0.100 530`.
  public static func time(_ nanoseconds: Nanoseconds) -> String { String { $0.append(time: nanoseconds) } }

  /// The time of day of a wall clock in nanoseconds since 1970, to the microsecond: `14:02:11.100 530`.
  /// - Parameter offset: of the time zone, in seconds east of UTC.
  public static func timeOfDay(_ nanoseconds: Nanoseconds, offset: Int = 0) -> String {
    let micros = nanoseconds / 1_000 + Int64(offset) * 1_000_000
    let ofDay = ((micros % 86_400_000_000) + 86_400_000_000) % 86_400_000_000
    return String { text in
      text.append(secondsOfDay: ofDay / 1_000_000)
      text.append(".")
      text.append(number: ofDay / 1_000 % 1_000, digits: 3)
      text.append(" ")
      text.append(number: ofDay % 1_000, digits: 3)
    }
  }

  /// A number of bytes: `55 B`, `4.0 KiB`, `1.2 MiB`. Below 10 000 every byte is told.
  public static func size(_ bytes: Int64) -> String { String { $0.append(size: bytes) } }

  /// A count with its digits in groups of three: `12 345`.
  public static func count(_ value: Int) -> String { String { $0.append(count: value) } }
}

extension ByteBuffer {
  /// As `Units.duration`.
  public mutating func append(duration nanoseconds: Nanoseconds) {
    if nanoseconds < 0 {
      append("−")
      return append(duration: nanoseconds == .min ? .max : -nanoseconds)
    }
    // Each limit is where rounding would show the next unit's 1.
    switch nanoseconds {
    case ..<1_000: append(number: nanoseconds, " ns")
    case ..<9_950: append(nanoseconds, per: 1_000, scale: 10, " µs")
    case ..<999_500: append(number: (nanoseconds + 500) / 1_000, " µs")
    case ..<9_995_000: append(nanoseconds, per: 1_000_000, scale: 100, " ms")
    case ..<999_950_000: append(nanoseconds, per: 1_000_000, scale: 10, " ms")
    case ..<9_995_000_000: append(nanoseconds, per: 1_000_000_000, scale: 100, " s")
    case ..<119_950_000_000: append(nanoseconds, per: 1_000_000_000, scale: 10, " s")
    default:
      let seconds = nanoseconds / 1_000_000_000
      let isLong = seconds >= 7_200
      let (whole, part) = (isLong ? seconds / 60 : seconds).quotientAndRemainder(dividingBy: 60)
      append(number: whole, isLong ? " h " : " min ")
      append(number: part, digits: 2)
      append(isLong ? " min" : " s")
    }
  }

  /// As `Units.time`.
  public mutating func append(time nanoseconds: Nanoseconds) {
    if nanoseconds < 0 {
      append("−")
      return append(time: nanoseconds == .min ? .max : -nanoseconds)
    }
    let micros = nanoseconds / 1_000
    append(number: micros / 1_000_000, ".")
    append(number: micros / 1_000 % 1_000, digits: 3)
    append(" ")
    append(number: micros % 1_000, digits: 3)
  }

  /// As `Units.size`.
  public mutating func append(size bytes: Int64) {
    if bytes < 10_000 { return append(number: bytes, " B") }
    var unit: Int64 = 1 << 10
    for name in [" KiB", " MiB", " GiB", " TiB"] as [StaticString] {
      if bytes < unit * 10 { return append(bytes, per: unit, scale: 10, name) }
      if bytes < unit << 10 { return append(number: bytes / unit, name) }
      unit <<= 10
    }
    append(number: bytes / (unit >> 10), " TiB")
  }

  /// As `Units.count`.
  public mutating func append(count value: Int) {
    if value < 0 { append("−") }
    var digits = Decimal.digits(of: UInt64(value.magnitude))
    var rest = UInt64(value.magnitude)
    var unit: UInt64 = 1
    for _ in 0..<(digits - 1) / 3 { unit *= 1_000 }
    digits -= (digits - 1) / 3 * 3
    while true {
      append(number: Int64(rest / unit), digits: digits)
      if unit == 1 { return }
      append(" ")
      (rest, unit, digits) = (rest % unit, unit / 1_000, 3)
    }
  }

  /// `14:02:11`
  mutating func append(secondsOfDay seconds: Int64) {
    append(number: seconds / 3600, digits: 2)
    append(":")
    append(number: seconds / 60 % 60, digits: 2)
    append(":")
    append(number: seconds % 60, digits: 2)
  }

  private mutating func append(number value: Int64, _ unit: StaticString) {
    append(number: value)
    append(unit)
  }

  /// A quotient rounded to one digit after the point, or with a scale of 100 to two.
  @inline(__always)
  private mutating func append(_ value: Int64, per unit: Int64, scale: Int64, _ name: StaticString) {
    // Whole part first: value * scale would overflow for large values.
    var whole = value / unit
    var part = (value % unit * scale + unit / 2) / unit
    if part == scale { (whole, part) = (whole + 1, 0) }
    append(number: whole, ".")
    append(number: part, digits: scale == 100 ? 2 : 1)
    append(name)
  }
}
