import Traffic

/// Calls and bytes a second against the size of recv, both axes logarithmic, in cells.
struct SweepPlot {
  struct Mark: Equatable {
    var row: Int
    var column: Int
    var text: String
    var role = Role.text
  }

  static let calls: Character = "○"
  static let bytes: Character = "●"
  /// Both in one cell.
  static let both: Character = "◉"
  /// Cells before the axis, and behind the plot for the words there.
  private static let (labels, words) = (5, 9)
  private static let unitLetters = ["", "k", "M", "G", "T", "P"]

  /// In the order of drawing: what comes later lies over what came before.
  private(set) var marks: [Mark] = []
  /// Where each size stands.
  private(set) var columns: [(size: Int, column: Int)] = []

  private let width: Int
  private let height: Int
  private var decades = 0..<1

  /// - Parameters:
  ///   - rows: of one socket, by ascending sizes.
  ///   - chosen: the size whose column is marked.
  init(_ rows: [Sweep.Row], chosen: Int?, width: Int, height: Int) {
    // Below the plot stand the axis and its labels.
    (self.width, self.height) = (max(4, width - Self.labels - 1 - Self.words), height - 2)
    let logs = rows.flatMap { [$0.rate.callsPerSecond, $0.rate.bytesPerSecond] }.map { Self.log(max(1, $0)) }
    guard self.height >= 3, let low = logs.min(), let high = logs.max() else { return }
    // Values that are powers of ten stand on the edge, whatever was lost by rounding.
    let first = Int(low + 1e-4)
    decades = first..<max(first + 1, Int((high - 1e-4).rounded(.up)))
    columns = places(rows.map(\.size))
    drawAxes(chosen)
    let series = [
      ("calls/s", Self.calls, Role.sent, rows.map(\.rate.callsPerSecond)),
      ("bytes/s", Self.bytes, Role.received, rows.map(\.rate.bytesPerSecond)),
    ]
    for (_, _, role, values) in series { drawPath(values, role) }
    var taken: [Int] = []
    for (word, sign, role, values) in series {
      for (place, value) in zip(columns, values) { put(sign, row(of: value), place.column, role) }
      var row = row(of: values[values.count - 1])
      // The two may end in one row.
      if taken.contains(row) { row += row > 0 ? -1 : 1 }
      taken.append(row)
      let column = (columns.last?.column ?? 0) + 2
      marks.append(Mark(row: row, column: column, text: word, role: role))
    }
  }

  /// The size that stands nearest to a column.
  func size(at column: Int) -> Int? {
    columns.min { abs($0.column - column) < abs($1.column - column) }?.size
  }

  // MARK: Scales

  /// To the base 10.
  private static func log(_ value: Double) -> Double {
    // No module here has logarithms: the exponent, and the rest by bisection of the significand.
    var (rest, sum, part) = (value.significand, Double(value.exponent), 0.5)
    for _ in 0..<20 {
      rest *= rest
      if rest >= 2 { (rest, sum) = (rest / 2, sum + part) }
      part /= 2
    }
    return sum / 3.321928094887362
  }

  private func row(of value: Double) -> Int {
    let part = (Self.log(max(1, value)) - Double(decades.lowerBound)) / Double(decades.count)
    return height - 1 - min(height - 1, max(0, Int((part * Double(height - 1)).rounded())))
  }

  private func places(_ sizes: [Int]) -> [(size: Int, column: Int)] {
    let logs = sizes.map { Self.log(Double($0)) }
    let (low, high) = (logs.first ?? 0, logs.last ?? 0)
    let room = width - 5
    return zip(sizes, logs).map { size, log in
      let part = high > low ? (log - low) / (high - low) : 0.5
      return (size, Self.labels + 3 + Int((part * Double(room)).rounded()))
    }
  }

  // MARK: Drawing

  private mutating func drawAxes(_ chosen: Int?) {
    let step = max(1, (decades.count + height - 2) / max(1, height - 1))
    for row in 0..<height { marks.append(Mark(row: row, column: Self.labels, text: "│", role: .border)) }
    for decade in stride(from: decades.lowerBound, through: decades.upperBound, by: step) {
      let part = Double(decade - decades.lowerBound) / Double(decades.count)
      let row = height - 1 - Int((part * Double(height - 1)).rounded())
      let text = Self.label(decade)
      marks.append(Mark(row: row, column: Self.labels - text.count, text: text, role: .muted))
      marks.append(Mark(row: row, column: Self.labels, text: "┤", role: .border))
    }
    let line = "└" + String(repeating: "─", count: width)
    marks.append(Mark(row: height, column: Self.labels, text: line, role: .border))
    var free = 0
    // The chosen size always has its label; others where there is room.
    let chosenRange = columns.first { $0.size == chosen }.map(labelRange)
    for place in columns {
      let isChosen = place.size == chosen
      marks.append(Mark(row: height, column: place.column, text: "┴", role: .border))
      let range = labelRange(place)
      if range.lowerBound < free || (!isChosen && chosenRange?.overlaps(range) == true) { continue }
      free = range.upperBound + 1
      marks.append(
        Mark(
          row: height + 1, column: range.lowerBound, text: SizeText.text(place.size),
          role: isChosen ? .strong : .muted))
    }
    if let column = columns.first(where: { $0.size == chosen })?.column {
      for row in 0..<height { marks.append(Mark(row: row, column: column, text: "┊", role: .strong)) }
      marks.append(Mark(row: height, column: column, text: "▲", role: .strong))
    }
  }

  /// With a blank behind.
  private func labelRange(_ place: (size: Int, column: Int)) -> Range<Int> {
    let count = SizeText.text(place.size).count
    let start = place.column - (count - 1) / 2
    return start..<start + count + 1
  }

  private static func label(_ decade: Int) -> String {
    let (group, digit) = decade.quotientAndRemainder(dividingBy: 3)
    return ["1", "10", "100"][digit] + unitLetters[min(group, unitLetters.count - 1)]
  }

  /// Dots from each point to the next.
  private mutating func drawPath(_ values: [Double], _ role: Role) {
    for index in values.indices.dropLast() {
      let (start, end) = (columns[index].column, columns[index + 1].column)
      let (from, to) = (row(of: values[index]), row(of: values[index + 1]))
      for column in (start..<max(start, end)).dropFirst() {
        let part = Double(column - start) / Double(end - start)
        let row = from + Int((part * Double(to - from)).rounded())
        marks.append(Mark(row: row, column: column, text: "·", role: role))
      }
    }
  }

  private mutating func put(_ sign: Character, _ row: Int, _ column: Int, _ role: Role) {
    let isTaken = marks.contains { $0.row == row && $0.column == column && $0.text == String(Self.calls) }
    marks.append(Mark(row: row, column: column, text: String(isTaken ? Self.both : sign), role: role))
  }
}
