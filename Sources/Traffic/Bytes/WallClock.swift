/// Dates of the wall clock in text.
enum WallClock {
  /// The date of a number of days since 1970 in the Gregorian calendar.
  /// Howard Hinnant's days-to-civil: years begin in March, so that the leap day is the last.
  static func date(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let (era, dayOfEra) = flooredDivision(days + 719_468, by: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * month + 2) / 5 + 1
    return (yearOfEra + era * 400 + (month >= 10 ? 1 : 0), month < 10 ? month + 3 : month - 9, day)
  }

  static func flooredDivision(_ value: Int64, by divisor: Int64) -> (Int64, Int64) {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}

extension ByteBuffer {
  /// `2026-11-21T02:00:00.000000000Z`; RFC 3339 with nanoseconds.
  /// - Parameter nanoseconds: since 1970.
  public mutating func append(wall nanoseconds: Nanoseconds) {
    let (days, time) = WallClock.flooredDivision(nanoseconds, by: 86_400_000_000_000)
    let date = WallClock.date(days)
    append(number: date.year, digits: 4)
    append("-")
    append(number: date.month, digits: 2)
    append("-")
    append(number: date.day, digits: 2)
    append("T")
    append(secondsOfDay: time / 1_000_000_000)
    append(".")
    append(number: time % 1_000_000_000, digits: 9)
    append("Z")
  }
}
