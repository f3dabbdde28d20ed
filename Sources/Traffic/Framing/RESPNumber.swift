/// The number in a line of RESP: a count, `-1` for what is not there, `?` for what nobody knows beforehand.
struct RESPNumber {
  enum Value { case count(Int64), absent, streamed }

  private static let mostDigits = 32

  private var count: Int64 = 0
  private var digits = 0
  private var isNegative = false
  private var isStreamed = false

  /// Nil if it is none.
  var value: Value? {
    if isStreamed { return .streamed }
    if digits == 0 { return nil }
    if isNegative { return count == 1 ? .absent : nil }
    return .count(count)
  }

  /// - Returns: what is wrong, if something is.
  mutating func accept(_ byte: UInt8) -> BrokenMessage? {
    let isFirst = digits == 0 && !isNegative && !isStreamed
    if isFirst, byte == UInt8(ascii: "-") {
      isNegative = true
    } else if isFirst, byte == UInt8(ascii: "?") {
      isStreamed = true
    } else if byte.isDigit, !isStreamed {
      digits += 1
      let (product, isHuge) = count.multipliedReportingOverflow(by: 10)
      let (sum, isHuge2) = product.addingReportingOverflow(Int64(byte - UInt8(ascii: "0")))
      if isHuge || isHuge2 { return .tooLong }
      if digits > Self.mostDigits { return .bad }
      count = sum
    } else {
      return .bad
    }
    return nil
  }
}
