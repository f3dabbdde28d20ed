/// How often values came, in buckets whose values agree in their three leading digits: exact below 1000, and within a percent
/// above. Negative values count as 0.
public struct Histogram: Sendable, Equatable {
  /// One of its buckets, or several that are told together.
  public struct Bucket: Sendable, Equatable {
    public var values: ClosedRange<Int64>
    public var count: Int
  }

  private static let exact = 1000
  /// Buckets of each power of ten above.
  private static let leading = 900

  /// It grows as far as there are values.
  private var counts: [Int] = []
  public private(set) var count = 0
  public private(set) var least: Int64 = 0
  public private(set) var most: Int64 = 0
  private var sum = 0.0

  public init() {}

  public var mean: Double { count == 0 ? 0 : sum / Double(count) }

  public mutating func add(_ value: Int64) {
    let value = max(0, value)
    let index = Self.index(of: value)
    if index >= counts.count { counts += repeatElement(0, count: index + 1 - counts.count) }
    counts[index] += 1
    least = count == 0 ? value : min(least, value)
    most = max(most, value)
    sum += Double(value)
    count += 1
  }

  /// A value that so many of a hundred are not above, told less than a percent too small; nil if there are none.
  public func percentile(_ percent: Double) -> Int64? {
    guard count > 0 else { return nil }
    let rank = max(1, Int((Double(count) * percent / 100).rounded(.up)))
    if rank == count { return most }
    var seen = 0
    for (index, count) in counts.enumerated() {
      seen += count
      if seen >= rank { return max(least, Self.values(of: index).lowerBound) }
    }
    return most
  }

  /// The values that occur, ascending, in buckets of 1, 2 or 5 by a power of ten each: `10…19`, `20…49`, `50…99`. Where that
  /// would be more than `limit`, in powers of ten. Empty buckets between others are told too.
  public func buckets(limit: Int) -> [Bucket] {
    guard count > 0 else { return [] }
    var buckets = grouped([1, 2, 5])
    if buckets.count > limit { buckets = grouped([1]) }
    return buckets
  }

  private func grouped(_ steps: [Int64]) -> [Bucket] {
    var buckets: [Bucket] = []
    for edges in Self.edges(steps) {
      if edges.lowerBound > most { break }
      if edges.upperBound < least { continue }
      buckets.append(Bucket(values: edges, count: 0))
    }
    var place = 0
    for (index, count) in counts.enumerated() where count > 0 {
      let value = Self.values(of: index).lowerBound
      while buckets[place].values.upperBound < value { place += 1 }
      buckets[place].count += count
    }
    return buckets
  }

  /// 0, and then from each step by a power of ten to the next.
  private static func edges(_ steps: [Int64]) -> [ClosedRange<Int64>] {
    var lows: [Int64] = []
    var unit: Int64 = 1
    while true {
      for step in steps where step <= Int64.max / unit { lows.append(step * unit) }
      if unit > Int64.max / 10 { break }
      unit *= 10
    }
    return [0...0] + lows.indices.map { lows[$0]...($0 + 1 < lows.count ? lows[$0 + 1] - 1 : .max) }
  }

  private static let powers: [Int64] = (0...18).map { power in (0..<power).reduce(1) { unit, _ in unit * 10 }
  }

  private static func index(of value: Int64) -> Int {
    if value < exact { return Int(value) }
    let power = Decimal.digits(of: UInt64(value)) - 3
    return exact + (power - 1) * leading + Int(value / powers[power]) - 100
  }

  private static func values(of index: Int) -> ClosedRange<Int64> {
    if index < exact { return Int64(index)...Int64(index) }
    let (power, place) = (index - exact).quotientAndRemainder(dividingBy: leading)
    let unit = powers[power + 1]
    let first = Int64(place + 100) * unit
    let (last, isTooLarge) = first.addingReportingOverflow(unit - 1)
    return first...(isTooLarge ? .max : last)
  }
}
