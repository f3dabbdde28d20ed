/// Lengths of time as users write them: `250us`, `100ms`, `1.5s`, `2m`; also `ns` and `h`.
public enum DurationText {
  /// The longest length of time that is taken: 1000 hours.
  public static let maximum: Nanoseconds = 3_600_000_000_000_000

  private static let units: [(word: String, length: Nanoseconds)] = [
    ("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000), ("ms", 1_000_000),
    ("us", 1000),
  ]

  /// A length of time from 0 to `maximum`.
  public static func parse(_ text: String) throws(SyntaxError) -> Nanoseconds {
    var cursor = TextCursor(text)
    let duration = try cursor.takeDuration()
    guard cursor.byte == nil else { throw cursor.error("expected nothing after the duration") }
    return duration
  }

  /// The shortest usual text that reads as the same time: `1.5s`.
  public static func text(_ duration: Nanoseconds) -> String {
    let (number, unit) = parts(duration)
    return number + unit
  }

  /// The same for people, rounded to thousandths of its unit: `1.5 s`, `250 µs`, `2 min`.
  public static func spoken(_ duration: Nanoseconds) -> String {
    let unit = units.first {
      abs(duration) >= $0.length && ($0.word != "h" && $0.word != "m" || duration % $0.length == 0)
    }
    let grain = max(1, (unit?.length ?? 1) / 1000)
    let rounded =
      duration / grain * grain + (abs(duration % grain) * 2 >= grain ? duration.signum() * grain : 0)
    let (number, word) = parts(unit.map { $0.length > 1_000_000_000 } ?? true ? duration : rounded)
    return "\(number) \(word == "us" ? "µs" : word == "m" ? "min" : word)"
  }

  private static func parts(_ duration: Nanoseconds) -> (String, String) {
    guard duration != 0 else { return ("0", "ms") }
    for (word, length) in units.prefix(2) where duration % length == 0 {
      return ("\(duration / length)", word)
    }
    for (word, length) in units[2..<5] where abs(duration) >= length && duration % (length / 1000) == 0 {
      let whole = duration / length
      let thousandths = abs(duration % length / (length / 1000))
      guard thousandths != 0 else { return ("\(whole)", word) }
      var digits = String(thousandths + 1000).dropFirst()
      while digits.last == "0" { digits.removeLast() }
      return ("\(whole).\(digits)", word)
    }
    return ("\(duration)", "ns")
  }
}

extension TextCursor {
  /// A number, possibly with decimals, and its unit.
  mutating func takeDuration(
    in range: ClosedRange<Nanoseconds> = 0...DurationText.maximum
  ) throws(SyntaxError) -> Nanoseconds {
    let token = takeToken()
    let start = token.lowerBound
    guard !token.isEmpty, bytes[start].isDigit else {
      throw error("expected a duration such as 100ms or 1.5s", at: start)
    }
    var unitStart = start
    while unitStart < token.upperBound, bytes[unitStart].isDigit || bytes[unitStart] == UInt8(ascii: ".") {
      unitStart += 1
    }
    guard unitStart < token.upperBound else {
      let number = text(token)
      throw error("\(number) has no unit: write \(number)ms, \(number)us or \(number)s", at: start)
    }
    guard let unit = unitLength(unitStart..<token.upperBound) else {
      let word = text(unitStart..<token.upperBound)
      throw error("unknown unit \(word): expected ns, us, ms, s, m or h", at: unitStart)
    }
    var duration: Nanoseconds = 0
    var index = start
    while bytes[index].isDigit {
      // This cannot overflow: 10 times the maximum and 9 hours are far below 2^63.
      duration = duration * 10 + Nanoseconds(bytes[index] - UInt8(ascii: "0")) * unit
      guard duration <= DurationText.maximum else { throw tooLong(token) }
      index += 1
    }
    if index < unitStart { duration += try decimals(index + 1..<unitStart, unit: unit, of: token) }
    guard duration <= range.upperBound else { throw tooLong(token) }
    guard duration >= range.lowerBound else {
      throw error("\(text(token)) is too short: expected a time above 0", at: start)
    }
    return duration
  }

  private func decimals(
    _ digits: Range<Int>, unit: Nanoseconds, of token: Range<Int>
  ) throws(SyntaxError) -> Nanoseconds {
    var sum: Nanoseconds = 0
    var share = unit
    for index in digits {
      guard bytes[index].isDigit else {
        throw error("\(text(token)) is not a duration: expected one decimal point", at: index)
      }
      let digit = Nanoseconds(bytes[index] - UInt8(ascii: "0"))
      guard digit == 0 || share % 10 == 0 else {
        throw error("\(text(token)) is finer than a nanosecond", at: index)
      }
      share /= 10
      sum += digit * share
    }
    guard !digits.isEmpty else {
      throw error("expected a digit after the decimal point", at: digits.lowerBound)
    }
    return sum
  }

  private func unitLength(_ range: Range<Int>) -> Nanoseconds? {
    if range.count == 1 {
      switch bytes[range.lowerBound] {
      case UInt8(ascii: "s"): return 1_000_000_000
      case UInt8(ascii: "m"): return 60_000_000_000
      case UInt8(ascii: "h"): return 3_600_000_000_000
      default: return nil
      }
    }
    if range.count == 2, bytes[range.lowerBound + 1] == UInt8(ascii: "s") {
      switch bytes[range.lowerBound] {
      case UInt8(ascii: "m"): return 1_000_000
      case UInt8(ascii: "u"): return 1000
      case UInt8(ascii: "n"): return 1
      default: return nil
      }
    }
    // The micro sign and the Greek letter look the same.
    return ["µs", "μs"].contains(text(range)) ? 1000 : nil
  }

  private func tooLong(_ token: Range<Int>) -> SyntaxError {
    error(
      "\(text(token)) is too long: at most \(DurationText.text(DurationText.maximum))", at: token.lowerBound)
  }
}
