/// Which sequence numbers of one direction were on the wire, as ranges that are bounded in number: of many gaps the oldest
/// are forgotten, and count as seen.
struct SeenBytes {
  static let mostGaps = 32

  /// Missing ranges between bytes that were seen, oldest first.
  private(set) var gaps: [Range<Int64>] = []
  /// Begin and end of what was seen; nil before anything was.
  private(set) var bounds: Range<Int64>?

  enum Place {
    case next, again, earlier, afterGap
  }

  /// Notes a range, which is not empty.
  /// - Returns: how it lies to what was seen before.
  mutating func see(_ range: Range<Int64>) -> Place {
    guard let bounds else {
      self.bounds = range
      return .next
    }
    self.bounds = min(bounds.lowerBound, range.lowerBound)..<max(bounds.upperBound, range.upperBound)
    if range.lowerBound >= bounds.upperBound {
      if range.lowerBound == bounds.upperBound { return .next }
      gaps.append(bounds.upperBound..<range.lowerBound)
      if gaps.count > Self.mostGaps { gaps.removeFirst() }
      return .afterGap
    }
    if range.upperBound < bounds.lowerBound { gaps.insert(range.upperBound..<bounds.lowerBound, at: 0) }
    let inside = range.clamped(to: bounds)
    var missing: Int64 = 0
    gaps = gaps.flatMap { gap -> [Range<Int64>] in
      let filled = gap.clamped(to: range)
      if filled.isEmpty || !gap.overlaps(range) { return [gap] }
      missing += Int64(filled.count)
      return [gap.lowerBound..<filled.lowerBound, filled.upperBound..<gap.upperBound].filter { !$0.isEmpty }
    }
    if range.upperBound <= bounds.lowerBound { return .earlier }
    return Int64(inside.count) > missing ? .again : .earlier
  }
}
