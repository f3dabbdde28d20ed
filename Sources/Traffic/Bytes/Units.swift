/// Times, lengths of time and sizes in the units people read.
public enum Units {
  /// A length of time to about three digits: `412 ns`, `5.1 µs`, `412 µs`, `101.2 ms`, `12.4 s`, `2 min 03 s`.
  public static func duration(_ nanoseconds: Nanoseconds) -> String {
    if nanoseconds < 0 { return "−" + duration(nanoseconds == .min ? .max : -nanoseconds) }
    // Each limit is where rounding would show the next unit's 1.
    switch nanoseconds {
    case ..<1_000: return "\(nanoseconds) ns"
    case ..<9_950: return "\(fraction(nanoseconds, unit: 1_000, digits: 1)) µs"
    case ..<999_500: return "\((nanoseconds + 500) / 1_000) µs"
    case ..<9_995_000: return "\(fraction(nanoseconds, unit: 1_000_000, digits: 2)) ms"
    case ..<999_950_000: return "\(fraction(nanoseconds, unit: 1_000_000, digits: 1)) ms"
    case ..<9_995_000_000: return "\(fraction(nanoseconds, unit: 1_000_000_000, digits: 2)) s"
    case ..<119_950_000_000: return "\(fraction(nanoseconds, unit: 1_000_000_000, digits: 1)) s"
    default: break
    }
    let seconds = nanoseconds / 1_000_000_000
    if seconds < 7_200 { return "\(seconds / 60) min \(pad(seconds % 60, 2)) s" }
    return "\(seconds / 3600) h \(pad(seconds / 60 % 60, 2)) min"
  }

  /// A time of the run, in seconds to the microsecond: `0.100 530`.
  public static func time(_ nanoseconds: Nanoseconds) -> String {
    if nanoseconds < 0 { return "−" + time(nanoseconds == .min ? .max : -nanoseconds) }
    let micros = nanoseconds / 1_000
    return "\(micros / 1_000_000).\(pad(micros / 1_000 % 1_000, 3)) \(pad(micros % 1_000, 3))"
  }

  /// A time of the run for a clock: `00:12.402`, `1:02:03.004`.
  public static func clock(_ nanoseconds: Nanoseconds) -> String {
    let millis = max(0, nanoseconds) / 1_000_000
    let (hours, minutes, seconds) = (millis / 3_600_000, millis / 60_000 % 60, millis / 1_000 % 60)
    let tail = "\(pad(minutes, 2)):\(pad(seconds, 2)).\(pad(millis % 1_000, 3))"
    return hours > 0 ? "\(hours):\(tail)" : tail
  }

  /// The time of day of a wall clock in nanoseconds since 1970, to the microsecond: `14:02:11.100 530`.
  /// - Parameter offset: of the time zone, in seconds east of UTC.
  public static func timeOfDay(_ nanoseconds: Nanoseconds, offset: Int = 0) -> String {
    let micros = nanoseconds / 1_000 + Int64(offset) * 1_000_000
    let ofDay = ((micros % 86_400_000_000) + 86_400_000_000) % 86_400_000_000
    let seconds = ofDay / 1_000_000
    return "\(pad(seconds / 3600, 2)):\(pad(seconds / 60 % 60, 2)):\(pad(seconds % 60, 2))"
      + ".\(pad(ofDay / 1_000 % 1_000, 3)) \(pad(ofDay % 1_000, 3))"
  }

  /// A number of bytes: `55 B`, `4.0 KiB`, `1.2 MiB`. Below 10 000 every byte is told.
  public static func size(_ bytes: Int64) -> String {
    if bytes < 10_000 { return "\(bytes) B" }
    var unit: Int64 = 1 << 10
    for name in ["KiB", "MiB", "GiB", "TiB"] {
      if bytes < unit * 10 { return "\(fraction(bytes, unit: unit, digits: 1)) \(name)" }
      if bytes < unit << 10 { return "\(bytes / unit) \(name)" }
      unit <<= 10
    }
    return "\(bytes / (unit >> 10)) TiB"
  }

  /// A count with its digits in groups of three: `12 345`.
  public static func count(_ value: Int) -> String {
    var rest = String(value.magnitude)[...]
    var groups: [Substring] = []
    while !rest.isEmpty {
      groups.insert(rest.suffix(3), at: 0)
      rest = rest.dropLast(3)
    }
    return (value < 0 ? "−" : "") + groups.joined(separator: " ")
  }

  /// A quotient rounded to so many digits after the point.
  private static func fraction(_ value: Int64, unit: Int64, digits: Int) -> String {
    var scale: Int64 = 1
    for _ in 0..<digits { scale *= 10 }
    // Whole part first: value * scale would overflow for large values.
    var whole = value / unit
    var part = (value % unit * scale + unit / 2) / unit
    if part == scale { (whole, part) = (whole + 1, 0) }
    return "\(whole).\(pad(part, digits))"
  }

  private static func pad(_ value: Int64, _ digits: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
