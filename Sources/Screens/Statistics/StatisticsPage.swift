import Traffic

/// Statistics as lines in columns: as many columns as have room.
struct StatisticsPage {
  struct Span: Hashable {
    var text: String
    var role = Role.text
  }

  typealias Line = [Span]

  private static let leastColumn = 56
  private static let gap = 3
  /// Rows of a histogram at most, where that is possible.
  private static let mostRows = 12

  let columnWidth: Int
  /// Where each column begins.
  let starts: [Int]
  let head: [Line]
  let columns: [[Line]]

  /// Lines that are scrolled.
  var height: Int { columns.map(\.count).max() ?? 0 }

  /// Of these so many are in view.
  func scrolled(height: Int) -> Int { max(1, height - head.count) }

  /// - Parameter isTall: there is room for higher pictures.
  init(_ statistics: TrafficStatistics, width: Int, isTall: Bool) {
    let count = max(1, (width + Self.gap) / (Self.leastColumn + Self.gap))
    let columnWidth = (width - (count - 1) * Self.gap) / count
    self.columnWidth = columnWidth
    starts = (0..<count).map { $0 * (columnWidth + Self.gap) }
    head = Self.head(statistics, width: width, isTall: isTall)
    var blocks = [Self.reasons(statistics, width: columnWidth)]
    for measure in Measure.allCases {
      blocks.append(Self.histogram(statistics[measure], measure, width: columnWidth))
    }
    // Each goes where most room is left, so that the columns end at about the same height.
    var columns = [[Line]](repeating: [], count: count)
    for block in blocks where !block.isEmpty {
      let place = columns.indices.min { (columns[$0].count, $0) < (columns[$1].count, $1) } ?? 0
      columns[place] += (columns[place].isEmpty ? [] : [[]]) + block
    }
    self.columns = columns
  }

  // MARK: What there was

  private static func head(_ statistics: TrafficStatistics, width: Int, isTall: Bool) -> [Line] {
    var lines: [Line] = Paragraph.lines(StatisticsWords.head(statistics), width: max(1, width)).map {
      [Span(text: $0, role: .strong)]
    }
    let line = statistics.timeline.condensed(to: max(1, width - 34))
    let seconds = Double(line.width) / 1e9
    let pictures: [(word: String, values: [Int64], role: Role, text: (Int64) -> String)] = [
      ("received", line.slots.map(\.received), .received, { "\(Units.size($0))/s" }),
      ("sent", line.slots.map(\.sent), .sent, { "\(Units.size($0))/s" }),
      ("messages", line.slots.map { Int64($0.messages) }, .mark, { "\(Units.count(Int($0)))/s" }),
    ]
    for picture in pictures {
      guard let most = picture.values.max(), most > 0 else { continue }
      let rate = picture.text(Int64(Double(most) / seconds))
      let rows = bars(picture.values, most: most, rows: isTall ? 3 : 1)
      for (place, row) in rows.enumerated() {
        let isLast = place == rows.count - 1
        lines.append([
          Span(text: (isLast ? picture.word : "").padded(to: 10), role: .muted),
          Span(text: row, role: picture.role),
          Span(text: isLast ? "  at most \(rate)" : "", role: .muted),
        ])
      }
    }
    if line.slots.count > 1 {
      lines.append([Span(text: "".padded(to: 10) + "each column \(Units.duration(line.width))", role: .muted)]
      )
    }
    return lines + [[]]
  }

  /// Columns of eighths, from the top row down.
  private static func bars(_ values: [Int64], most: Int64, rows: Int) -> [String] {
    let eighths = values.map { value in
      value == 0 ? 0 : max(1, Int(Double(value) / Double(most) * Double(rows * 8)))
    }
    return (0..<rows).reversed().map { row in
      eighths.map { $0 - row * 8 }.map { String(Self.heights[max(0, min(8, $0))]) }.joined()
    }
  }

  private static let heights: [Character] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  // MARK: Blocks

  private static func reasons(_ statistics: TrafficStatistics, width: Int) -> [Line] {
    if statistics.shares.isEmpty { return [] }
    let rows = statistics.shares.map { (label: $0.reason.rawValue, count: $0.count) }
    return [title("why", "how recv() returned", width)]
      + bars(rows, of: statistics.receives, labelWidth: 20, role: .received, width: width)
  }

  private static func histogram(
    _ values: TrafficStatistics.Values, _ measure: Measure, width: Int
  ) -> [Line] {
    guard values.histogram.count + values.unknown > 0 else { return [] }
    let words = [
      ("p50", values.histogram.percentile(50)), ("p99", values.histogram.percentile(99)),
      ("max", values.histogram.count > 0 ? values.histogram.most : nil),
    ].compactMap { word, value in value.map { "\(word) \(measure.text($0))" } }
    let told = words + (StatisticsWords.unknown(values).map { [$0] } ?? [])
    let rows = values.histogram.buckets(limit: mostRows).map { (label: label($0, measure), count: $0.count) }
    return [title(measure.words, told.joined(separator: "  "), width)]
      + bars(rows, of: values.histogram.count, labelWidth: 20, role: role(measure), width: width)
  }

  private static func title(_ word: String, _ text: String, _ width: Int) -> Line {
    [
      Span(text: word.padded(to: 14), role: .titleStrong),
      Span(text: text.fitted(to: max(0, width - 14)), role: .muted),
    ]
  }

  private static func bars(
    _ rows: [(label: String, count: Int)], of all: Int, labelWidth: Int, role: Role, width: Int
  ) -> [Line] {
    let numbers = rows.map { "\(Units.count($0.count))  \(StatisticsWords.share($0.count, of: all))" }
    let room = max(8, width - labelWidth - 2 - 18)
    let most = max(1, rows.map(\.count).max() ?? 1)
    return zip(rows, numbers).map { row, number in
      let bar = Bar.text(Double(row.count) / Double(most), width: room)
      return [
        Span(
          text: String(repeating: " ", count: max(0, labelWidth - SafeText.width(row.label))) + row.label
            + "  "),
        Span(text: bar, role: role), Span(text: " \(row.count == 0 ? "" : number)", role: .muted),
      ]
    }
  }

  private static func role(_ measure: Measure) -> Role {
    switch measure {
    case .receiveSize, .receiveGap, .receiveWait, .dwell: .received
    case .sendSize, .sendGap, .sendWait: .sent
    case .messageSize, .messageTime: .mark
    }
  }

  /// The values of a bucket: `10–19 B`, `1.0–2.0 µs`.
  private static func label(_ bucket: Histogram.Bucket, _ measure: Measure) -> String {
    let (first, last) = (bucket.values.lowerBound, bucket.values.upperBound)
    guard measure.isTime else {
      let low = Units.count(Int(first))
      return first == last ? "\(low) B" : "\(low)–\(Units.count(Int(last))) B"
    }
    if first == last { return "\(first) ns" }
    // Where a time ends and the next begins is one and the same to people.
    let (low, high) = (edge(first), edge(last == .max ? last : last + 1))
    return low.unit == high.unit
      ? "\(low.count)–\(high.count) \(high.unit)" : "\(low.count) \(low.unit)–\(high.count) \(high.unit)"
  }

  /// Edges are 1, 2 or 5 by a power of ten: no digit is lost.
  private static func edge(_ time: Nanoseconds) -> (count: Int64, unit: String) {
    switch time {
    case ..<1_000: (time, "ns")
    case ..<1_000_000: (time / 1_000, "µs")
    case ..<1_000_000_000: (time / 1_000_000, "ms")
    default: (time / 1_000_000_000, "s")
    }
  }
}
