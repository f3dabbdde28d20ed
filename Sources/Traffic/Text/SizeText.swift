/// Sizes and counts as users write them: `10`, `4k`, `1M`, `1G`, in powers of 1024.
public enum SizeText {
  /// The largest number of bytes that one call takes, and the largest count: an `int` on every side.
  public static let maximum = Int(Int32.max)

  /// A number from 1 to `maximum`.
  public static func parse(_ text: String) throws(SyntaxError) -> Int {
    var cursor = TextCursor(text)
    let size = try cursor.takeSize("a size")
    guard cursor.byte == nil else { throw cursor.error("expected nothing after the size") }
    return size
  }

  /// The shortest text that reads as the same number.
  public static func text(_ size: Int) -> String {
    for (shift, letter) in [(30, "G"), (20, "M"), (10, "k")] where size != 0 && size & (1 << shift - 1) == 0 {
      return "\(size >> shift)\(letter)"
    }
    return "\(size)"
  }
}

extension TextCursor {
  /// A number with an optional `k`, `M` or `G`. `what` names it in errors, such as "a count".
  mutating func takeSize(
    _ what: String, in range: ClosedRange<Int> = 1...SizeText.maximum
  ) throws(SyntaxError) -> Int {
    let start = position
    let token = takeToken()
    var value = 0
    var isHuge = false
    var index = token.lowerBound
    while index < token.upperBound, bytes[index].isDigit {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflow2) = product.addingReportingOverflow(Int(bytes[index] - UInt8(ascii: "0")))
      isHuge = isHuge || overflow || overflow2
      value = sum
      index += 1
    }
    guard index > token.lowerBound else {
      throw error("expected \(what) such as 10, 4k or 1M", at: start)
    }
    if index < token.upperBound {
      guard let shift = Self.sizeShift(bytes[index]), index + 1 == token.upperBound else {
        throw error("\(text(token)) is not \(what): expected a number such as 10, 4k or 1M", at: start)
      }
      isHuge = isHuge || value > Int.max >> shift
      value = isHuge ? 0 : value << shift
    }
    if isHuge || value > range.upperBound {
      throw error("\(text(token)) is too large: \(what) is at most \(range.upperBound)", at: start)
    }
    guard value >= range.lowerBound else {
      throw error("\(text(token)) is too small: \(what) is at least \(range.lowerBound)", at: start)
    }
    return value
  }

  private static func sizeShift(_ letter: UInt8) -> Int? {
    switch letter {
    case UInt8(ascii: "k"), UInt8(ascii: "K"): 10
    case UInt8(ascii: "M"): 20
    case UInt8(ascii: "G"): 30
    default: nil
    }
  }
}
