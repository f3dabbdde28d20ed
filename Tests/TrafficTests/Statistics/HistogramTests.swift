import Fuzzing
import Testing
@testable import Traffic

@Suite("Values are counted in buckets")
struct HistogramTests {
  @Test(
    "A percentile is never more than it is, and less than a percent less",
    arguments: [1, 5, 100, 5000])
  func percentiles(count: Int) {
    var generator = SplitMix(state: UInt64(count))
    var histogram = Histogram()
    let values = (0..<count).map { _ in Int64(generator.next() >> (1 + generator.next() % 62)) }
    for value in values { histogram.add(value) }
    let sorted = values.sorted()
    for percent in [1.0, 50, 90, 99, 100] {
      let exact = sorted[max(1, Int((Double(count) * percent / 100).rounded(.up))) - 1]
      let told = histogram.percentile(percent) ?? -1
      #expect(told <= exact && Double(told) > Double(exact) * 0.99 - 1, "p\(percent) of \(count)")
    }
    #expect(histogram.least == sorted.first)
    #expect(histogram.most == sorted.last)
    #expect(histogram.count == count)
  }

  @Test("Small values are told exactly, and so are equal ones")
  func exact() {
    var histogram = Histogram()
    for value in [10, 10, 5, 999] as [Int64] { histogram.add(value) }
    #expect(histogram.percentile(50) == 10)
    var equal = Histogram()
    for _ in 0..<3 { equal.add(1448) }
    #expect(equal.percentile(50) == 1448)
    #expect(equal.mean == 1448)
    #expect(Histogram().percentile(50) == nil)
  }

  @Test("Buckets go by 1, 2 and 5, by ten where these are too many, and hold every value")
  func buckets() {
    var histogram = Histogram()
    for value in [0, 3, 12, 19, 20, 700] as [Int64] { histogram.add(value) }
    let fine = histogram.buckets(limit: 20)
    #expect(
      fine.map(\.values) == [
        0...0, 1...1, 2...4, 5...9, 10...19, 20...49, 50...99, 100...199, 200...499, 500...999,
      ])
    #expect(fine.map(\.count) == [1, 0, 1, 0, 2, 1, 0, 0, 0, 1])
    let coarse = histogram.buckets(limit: 5)
    #expect(coarse.map(\.values) == [0...0, 1...9, 10...99, 100...999])
    #expect(coarse.map(\.count) == [1, 1, 3, 1])
    var largest = Histogram()
    largest.add(.max)
    largest.add(-5)
    #expect(largest.buckets(limit: 100).map(\.count).reduce(0, +) == 2)
  }

  @Test("A timeline keeps its sums, however long it gets")
  func timeline() {
    var line = Timeline()
    for second in 0..<10_000 as Range<Int64> {
      line.add(
        Timeline.Slot(received: 3, sent: 1, messages: second % 2 == 0 ? 1 : 0), at: second * 1_000_000_000)
    }
    line.add(Timeline.Slot(received: 1), at: -5)
    #expect(line.slots.count <= Timeline.most)
    #expect(line.slots.map(\.received).reduce(0, +) == 30_001)
    #expect(line.slots.map(\.messages).reduce(0, +) == 5_000)
    let few = line.condensed(to: 60)
    #expect(few.slots.count <= 60)
    #expect(few.slots.map(\.sent).reduce(0, +) == 10_000)
    #expect(few.width * Int64(few.slots.count) >= 9_999 * 1_000_000_000)
  }
}
