/// Lays what was received beside what was sent where urgent bytes were passed over: they have an offset in what was sent,
/// and none in what was received. A byte that a newer urgent one displaced came in line and has both. See tcp(7).
struct UrgentPlaces {
  /// Offsets in what was received before which an urgent byte was passed over, ascending.
  private let received: [Int64]

  init(_ places: [Int64]) { received = places }

  /// The offsets, in what was sent, of bytes that one recv() returned: it never reads across an urgent byte.
  func sent(_ range: Range<Int64>) -> Range<Int64> {
    let passed = Int64(received.prefix { $0 <= range.lowerBound }.count)
    return range.lowerBound + passed..<range.upperBound + passed
  }

  /// The offsets, in what was received, of the bytes of one send().
  func received(_ range: Range<Int64>) -> Range<Int64> {
    func offset(_ sent: Int64) -> Int64 {
      sent - Int64(received.enumerated().prefix { $0.element + Int64($0.offset) < sent }.count)
    }
    return offset(range.lowerBound)..<offset(range.upperBound)
  }
}
