import Testing
import Traffic

@testable import Screens

@Suite("The plot of a sweep")
struct SweepPlotTests {
  private static func rows(_ values: [(size: Int, calls: Double, bytes: Double)]) -> [Sweep.Row] {
    var sweep = Sweep(sizes: values.map(\.size))
    for (place, value) in values.enumerated() {
      var result = TrialResult()
      result.rates["s"] = TrialResult.Rate(
        calls: Int(value.calls), bytes: Int64(value.bytes), time: 1_000_000_000)
      sweep.add(result, at: place)
    }
    return sweep.rows("s")
  }

  private static func place(_ sign: Character, _ plot: SweepPlot) -> [SweepPlot.Mark] {
    plot.marks.filter { $0.text == String(sign) }
  }

  @Test("Ten times as large is as far to the right, and ten times as fast as far up, wherever")
  func logarithmic() {
    let plot = SweepPlot(
      Self.rows([(1, 10, 1000), (10, 100, 10_000), (100, 1000, 100_000)]), chosen: nil, width: 62, height: 23)
    let bytes = Self.place(SweepPlot.bytes, plot)
    #expect(bytes.map(\.column) == [8, 29, 50])
    #expect(bytes.map(\.row) == [10, 5, 0])
    #expect(Self.place(SweepPlot.calls, plot).map(\.row) == [20, 15, 10])
    let labels = plot.marks.filter { $0.column < 5 }.map(\.text)
    #expect(labels == ["10", "100", "1k", "10k", "100k"])
  }

  @Test("Where both are in one cell it has a sign of its own")
  func both() {
    let plot = SweepPlot(Self.rows([(1, 500, 500)]), chosen: 1, width: 40, height: 9)
    #expect(Self.place(SweepPlot.both, plot).count == 1)
    #expect(Self.place(SweepPlot.bytes, plot).isEmpty)
    #expect(plot.marks.contains { $0.text == "▲" })
  }

  @Test(
    "Whatever the figures and however little room there is, everything stands inside",
    arguments: [(5, 1), (12, 5), (30, 6), (76, 9), (196, 60), (0, 0)])
  func inside(width: Int, height: Int) {
    for values in [
      [], [(1, 0.0, 0.0)], [(7, 1, 1)], [(1, 1, 1), (Int(Int32.max), 9e14, 9e17)],
      (1...64).map { ($0, Double($0), Double($0 * $0)) },
    ] as [[(size: Int, calls: Double, bytes: Double)]] {
      let plot = SweepPlot(Self.rows(values), chosen: 7, width: width, height: height)
      for mark in plot.marks {
        #expect(mark.row >= 0 && mark.row < height && mark.column >= 0, "\(mark) in \(width)×\(height)")
      }
    }
  }
}
