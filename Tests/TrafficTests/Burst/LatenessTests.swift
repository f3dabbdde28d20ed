import Testing

@testable import Traffic

@Suite struct LatenessTests {
  @Test(
    "percentiles are the nearest ranks of the sorted values",
    arguments: [
      ([7], 7, 7), ([3, 1, 2], 2, 3), ([4, 3, 2, 1], 2, 4), ([5, 5, 5, 5, 9], 5, 9),
      (Array(1...200), 100, 198), (Array((1...1000).reversed()), 500, 990),
    ])
  func percentiles(_ values: [Int], _ median: Int, _ high: Int) {
    var late = Lateness(expecting: values.count)
    for value in values { late.add(Nanoseconds(value)) }
    #expect(late.percentile(50) == Nanoseconds(median))
    #expect(late.percentile(99) == Nanoseconds(high))
    #expect(late.max == Nanoseconds(values.max() ?? 0))
    #expect(late.count == values.count)
  }

  @Test func `quickselect agrees with sorting`() {
    var bytes = MadeUpBytes(seed: 1)
    for count in [2, 10, 999, 1000, 5000] {
      let values = (0..<count).map { _ in Nanoseconds(bytes.next() % 100) }
      var late = Lateness(expecting: nil)
      for value in values { late.add(value) }
      for percent in [1, 50, 90, 99, 100] {
        let rank = max(0, (count * percent + 99) / 100 - 1)
        #expect(late.percentile(percent) == values.sorted()[rank], "\(percent) of \(count)")
      }
    }
  }

  @Test func `nothing sent has no percentile`() {
    var late = Lateness(expecting: 0)
    #expect(late.percentile(50) == nil)
  }

  @Test func `beyond the bound values are an even sample, and the maximum is that of all`() {
    let count = 3 * Lateness.capacity
    var late = Lateness(expecting: count)
    for value in 0..<count { late.add(Nanoseconds(value)) }
    #expect(late.max == Nanoseconds(count - 1))
    #expect(late.count > Lateness.capacity / 2 && late.count <= Lateness.capacity)
    let median = late.percentile(50) ?? 0
    #expect(abs(Int(median) - count / 2) < count / 1000, "\(median)")
    let high = late.percentile(99) ?? 0
    #expect(abs(Int(high) - count * 99 / 100) < count / 1000, "\(high)")
  }
}
