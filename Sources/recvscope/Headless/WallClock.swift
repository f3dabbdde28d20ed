import Traffic

/// Dates of the wall clock in text.
enum WallClock {
  /// `2026-11-21T02:00:00.000000000Z`; RFC 3339 with nanoseconds.
  /// - Parameter nanoseconds: since 1970.
  static func iso8601(_ nanoseconds: Nanoseconds) -> String {
    let (days, time) = nanoseconds.flooredDivision(by: 86_400_000_000_000)
    let date = civil(days)
    let seconds = time / 1_000_000_000
    return "\(pad(date.year, 4))-\(pad(date.month, 2))-\(pad(date.day, 2))T"
      + "\(pad(seconds / 3600, 2)):\(pad(seconds / 60 % 60, 2)):\(pad(seconds % 60, 2))"
      + ".\(pad(time % 1_000_000_000, 9))Z"
  }

  /// The date of a number of days since 1970 in the Gregorian calendar.
  /// Howard Hinnant's days-to-civil: years begin in March, so that the leap day is the last.
  private static func civil(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let (era, dayOfEra) = (days + 719_468).flooredDivision(by: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * month + 2) / 5 + 1
    return (yearOfEra + era * 400 + (month >= 10 ? 1 : 0), month < 10 ? month + 3 : month - 9, day)
  }

  private static func pad(_ value: Int64, _ digits: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}

extension Int64 {
  fileprivate func flooredDivision(by divisor: Int64) -> (Int64, Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
