import Traffic

/// The columns that fit side by side, with their places.
struct ColumnLayout {
  struct Place {
    var column: Column
    /// Counted from the left edge of the pane.
    var start: Int
    var width: Int
  }

  /// Cells before the first column, for the cursor's mark.
  static let margin = 2
  private static let whyWidth = 20
  /// It grows with the words on screen; so many cells are its own before any column that teaches less.
  private static let mostNeededByWhy = 36
  private static let mostWhyWidth = 30
  private static let dataWidth = 12
  /// What goes first when room is short; what nobody sees without having chosen it goes late, and what teaches last: the
  /// call, what it asked for, what it got, and why.
  private static let leastNeeded: [Column] = [
    .data, .segments, .left, .delta, .waited, .flags, .offset, .lost, .from, .burst, .start, .arrived,
    .planned, .late, .dwell, .sinceSend, .time, .socket, .asked,
  ]

  /// What a big print does without.
  private static let leftOutOfBigPrint: Set<Column> = [
    .delta, .waited, .segments, .data, .flags, .offset,
  ]

  let places: [Place]

  /// - Parameters:
  ///   - wanted: the columns wanted, in order.
  ///   - rows: the rows on screen, whose numbers must fit.
  ///   - socketWidth: of the longest name; nil if all rows are of one socket.
  init(
    width: Int, columns wanted: [Column], rows: [Item], socketWidth: Int?, mode: TimeMode,
    isBig: Bool = false
  ) {
    let digits = rows.map(Self.digits).max() ?? 1
    // The newest time is the longest, and times grow: the width seldom changes.
    let latest = Units.time(rows.last?.time ?? 0)
    let momentWidth = mode == .wall ? 16 : max(9, latest.count) + (mode == .mark || mode == .previous ? 1 : 0)
    let callDigits = rows.map(Self.numberDigits).max() ?? 1
    var whyWidth = max(Self.whyWidth, min(Self.mostNeededByWhy, rows.map(Self.whyCells).max() ?? 0))
    func needed(_ column: Column) -> Int {
      switch column {
      case .call: max(9, 5 + callDigits)
      case .socket: min(16, max(6, socketWidth ?? 0))
      case .time, .start, .arrived, .planned: momentWidth
      case .burst: 7
      case .from: 21
      case .lost: 5
      case .delta, .sinceSend, .waited, .dwell, .late: 9
      case .offset: max(6, rows.last.map(Self.offsetDigits) ?? 1)
      case .flags: 8
      case .asked, .got: max(5, digits)
      case .left: max(4, digits)
      case .segments: 4
      case .why: whyWidth
      case .data: Self.dataWidth
      }
    }
    var columns = wanted.filter {
      ($0 != .socket || socketWidth != nil) && (!isBig || !Self.leftOutOfBigPrint.contains($0))
    }
    func total() -> Int { Self.margin + columns.reduce(0) { $0 + needed($1) + 1 } - 1 }
    for column in Self.leastNeeded where total() > width {
      // Words are cut before numbers are left out that teach.
      if column == .asked { whyWidth = max(Self.whyWidth, whyWidth - (total() - width)) }
      if total() > width { columns.removeAll { $0 == column } }
    }
    // What is left over is put between the columns, two cells at most, and the rest goes to the texts at the end.
    let gaps = max(1, columns.count - 1)
    let gap = 1 + min(isBig ? 6 : 2, max(0, width - total()) / gaps)
    var places: [Place] = []
    var start = Self.margin
    for (place, column) in columns.enumerated() {
      var cells = min(needed(column), width - start)
      let after = columns[(place + 1)...].reduce(0) { $0 + gap + needed($1) }
      if column == .why {
        let most = columns.contains(.data) ? max(Self.mostWhyWidth, whyWidth) : width
        cells = min(most, max(cells, width - start - after))
      }
      if column == .data { cells = max(cells, width - start - after) }
      places.append(Place(column: column, start: start, width: max(0, cells)))
      start += cells + gap
    }
    self.places = places
  }

  /// Of the largest number in the row.
  private static func digits(_ item: Item) -> Int {
    switch item {
    case .record(let record, _): String(max(Int(record.asked), Int(record.result), record.queued ?? 0)).count
    case .message(let placed): String(placed.message.range.count).count
    }
  }

  /// Of the words that say how it came out, but for how late a send() was: that is told where there is room.
  private static func whyCells(_ item: Item) -> Int {
    switch item {
    case .record(let record, _):
      Direction(record.kind) == nil ? 0 : record.outcome(tellsLateness: false).map { SafeText.width($0) } ?? 0
    case .message: 0
    }
  }

  private static func numberDigits(_ item: Item) -> Int {
    switch item {
    case .record(let record, _): String(record.number).count
    case .message(let placed): String(placed.message.number).count
    }
  }

  private static func offsetDigits(_ item: Item) -> Int {
    switch item {
    case .record(let record, _): String(record.offset).count
    case .message(let placed): String(placed.message.range.lowerBound).count
    }
  }

  /// Where the numbers end and texts may begin in a row that has none.
  func start(of column: Column) -> Int? { places.first { $0.column == column }?.start }
}
