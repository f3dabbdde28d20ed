/// Where to go among the records that are held: `4711`, the sequence number that JSON and SQL have as `seq`, or `50%`
/// of the way from the oldest to the newest.
enum RecordPlace: Equatable, Sendable {
  case sequence(Int)
  /// 0 to 100.
  case percent(Int)

  /// - Returns: nil if the text is no such place.
  init?(_ text: String) {
    let text = text.filter { $0 != " " }
    let digits = text.hasSuffix("%") ? text.dropLast() : text[...]
    guard digits.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }), let number = Int(digits)
    else {
      return nil
    }
    if digits.endIndex == text.endIndex {
      self = .sequence(number)
    } else {
      guard number <= 100 else { return nil }
      self = .percent(number)
    }
  }

  /// - Returns: nil if no such record is held.
  func sequence(in records: Range<Int>) -> Int? {
    guard !records.isEmpty else { return nil }
    switch self {
    case .sequence(let number): return records.contains(number) ? number : nil
    case .percent(let percent):
      let (whole, rest) = (records.count - 1).quotientAndRemainder(dividingBy: 100)
      return records.lowerBound + whole * percent + rest * percent / 100
    }
  }

  static let meaning = "the number of a record (seq in JSON and SQL), or 50% for half of the way"
}
