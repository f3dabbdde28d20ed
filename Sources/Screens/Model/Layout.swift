/// Which part of the screen belongs to what.
struct Layout: Sendable {
  static let leastRows = 8
  static let leastColumns = 30
  /// From this width on the list of sockets has its own place.
  private static let wide = 100

  let rows: Int
  let columns: Int
  var sockets: Rect?
  var records: Rect
  var bytes: Rect?
  var inspector: Rect?
  var lanes: Rect?

  /// False if there is no room for anything but a word about it.
  var isUsable: Bool { rows >= Self.leastRows && columns >= Self.leastColumns }

  var promptRow: Int { rows - 2 }
  var bottomRow: Int { rows - 1 }

  init(rows: Int, columns: Int, focus: Pane, showsInspector: Bool) {
    self.rows = rows
    self.columns = columns
    let height = max(0, rows - 5)
    var left = 1
    if columns >= Self.wide || focus == .sockets {
      let width = columns >= Self.wide ? min(34, max(24, columns / 6)) : min(30, columns - 12)
      sockets = Rect(row: 2, column: 1, height: height, width: width)
      left = width + 2
    }
    let width = max(0, columns - left - 1)
    let heights = Self.heights(height, showsInspector: showsInspector)
    var row = 2
    func take(_ height: Int) -> Rect? {
      if height == 0 { return nil }
      defer { row += height + 1 }
      return Rect(row: row, column: left, height: height, width: width)
    }
    records = take(heights.records) ?? Rect(row: 2, column: left, height: 0, width: width)
    bytes = take(heights.bytes)
    inspector = take(heights.inspector)
    lanes = take(heights.lanes)
  }

  /// Shares the rows of the middle out; a rule of one row lies between two panes.
  private static func heights(
    _ height: Int, showsInspector: Bool
  ) -> (records: Int, bytes: Int, inspector: Int, lanes: Int) {
    var rest = height
    var (bytes, inspector, lanes) = (0, 0, 0)
    if showsInspector {
      inspector = max(0, min(height - 4, max(8, height / 3)))
      rest -= inspector + 1
    }
    if rest >= 24 {
      lanes = rest >= 40 ? 8 : 6
      rest -= lanes + 1
    }
    if rest >= 12 {
      bytes = max(4, rest * 2 / 5)
      rest -= bytes + 1
    }
    return (rest, bytes, inspector, lanes)
  }

  /// Rows of the table below its titles.
  var tableRows: Int { max(0, records.height - 1) }

  func pane(row: Int, column: Int) -> Pane? {
    if sockets?.contains(row: row, column: column) == true { return .sockets }
    if records.contains(row: row, column: column) { return .records }
    if bytes?.contains(row: row, column: column) == true { return .bytes }
    if lanes?.contains(row: row, column: column) == true { return .lanes }
    return nil
  }
}
