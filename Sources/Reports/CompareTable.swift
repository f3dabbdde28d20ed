import Traffic

/// The calls that differ between two runs, a row for each place of the stream where one begins.
struct CompareTable {
  /// A difference with the times that depend on the calls before it.
  struct Row {
    let row: ComparedRow
    let arrived: Nanoseconds?

    init(_ row: ComparedRow, _ a: ComparedSide, _ b: ComparedSide) {
      self.row = row
      let (one, other) = (a.arrival(of: row.a), b.arrival(of: row.b))
      arrived = one.flatMap { one in other.map { $0 - one } }
    }
  }

  /// Cells of the longest reason.
  private static let longest = 18

  private let rows: [Row]
  private let isByOrder: Bool
  private let width: Int

  init(_ rows: [Row], isByOrder: Bool, width: Int) {
    (self.rows, self.isByOrder, self.width) = (rows, isByOrder, width)
  }

  /// The head and the rows; reasons are cut where they have no room.
  var lines: [String] {
    let head = [
      isByOrder ? "" : "offset", "A #", "got/asked", "why", "B #", "got/asked", "why", "Δ waited",
      "Δ arrived",
    ]
    let table = [head] + rows.map(cells)
    var widths = head.indices.map { column in table.map { $0[column].count }.max() ?? 0 }
    var gap = 2
    if widths.reduce(0, +) + gap * (widths.count - 1) > width { gap = 1 }
    var excess = widths.reduce(0, +) + gap * (widths.count - 1) - width
    // The reasons are what can be guessed from their beginnings.
    for column in [3, 6] where excess > 0 {
      let cut = min(excess, max(0, widths[column] - 4))
      widths[column] -= cut
      excess -= cut
    }
    return table.map { row in
      var line = ""
      for (column, text) in row.enumerated() {
        let text = text.count > widths[column] ? text.prefix(widths[column] - 1) + "…" : Substring(text)
        let space = String(repeating: " ", count: widths[column] - text.count)
        let isLeft = column == 3 || column == 6
        line +=
          (column == 0 ? "" : String(repeating: " ", count: gap)) + (isLeft ? text + space : space + text)
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  private func cells(_ row: Row) -> [String] {
    [isByOrder ? "" : "\(row.row.offset)"] + call(row.row.a) + call(row.row.b)
      + [Self.difference(row.row.waited), Self.difference(row.arrived)]
  }

  private func call(_ call: ComparedCall?) -> [String] {
    guard let record = call?.record else { return ["", "", ""] }
    let got = record.returned.map { "\($0)" } ?? "–"
    let why = record.errno.map(\.name) ?? Reason(record)?.rawValue ?? ""
    return ["\(record.number)", "\(got)/\(record.asked)", String(why.prefix(Self.longest))]
  }

  private static func difference(_ time: Nanoseconds?) -> String {
    guard let time else { return "" }
    return (time > 0 ? "+" : "") + Units.duration(time)
  }
}
