/// Which part of the screen belongs to what.
struct Layout: Sendable {
  static let leastRows = 8
  static let leastColumns = 30
  /// A lesson needs so much, and leaves the other panes so many rows.
  static let leastRowsForLesson = 16
  static let leastColumnsForLesson = 46
  private static let leftByLesson = 7
  /// The same where the lanes are wanted among them.
  private static let leftByLessonWithLanes = 10
  /// Rows that lanes take which stand in place of the bytes: those of one way with their axis, or of both.
  private static let fewLanes = 4
  private static let usualLanes = 5
  /// Rows of the table are taller in big print only where so many of them find room: an experiment is to be seen whole.
  private static let leastTallRows = 12
  /// From this width on it stands beside the other panes.
  private static let wideForLesson = 150

  /// From this width on the list of sockets has its own place.
  private static let wide = 100
  private static let wideForBig = 140

  /// Cells of the list of sockets, rows of a pane, rows of the table that stay when borders are dragged.
  private static let leastList = 12
  private static let leastPane = 2
  private static let leastTable = 4
  private static let leastHeightForOutput = 9
  private static let leastForBytes = 12
  private static let leastForLanes = 8
  static let leastRowsForLanes = leastForLanes + 5
  static let leastRowsForOutput = leastHeightForOutput + 5

  /// A border that can be dragged, by the pane that it bounds: above it, or on its right.
  enum Border: CaseIterable, Sendable { case sockets, bytes, inspector, lanes, output, lesson }

  let rows: Int
  let columns: Int
  /// Lines of the screen that a row of the table takes.
  private(set) var rowHeight = 1
  /// Both have a place of their own.
  private(set) var hasLanesBesideBytes = false
  var sockets: Rect?
  var records: Rect
  var bytes: Rect?
  var inspector: Rect?
  var lanes: Rect?
  var output: Rect?
  /// Above the other panes, or at their right.
  var lesson: Rect?
  /// What a reader would have made of the messages, below the table.
  var summary: Rect?

  /// False if there is no room for anything but a word about it.
  var isUsable: Bool { rows >= Self.leastRows && columns >= Self.leastColumns }

  /// The lesson stands at the right.
  var isLessonBeside: Bool { lesson.map { $0.row == 2 && $0.column > records.column } ?? false }

  /// Lines of a lesson that find room above the other panes, or beside them.
  static func lessonRows(rows: Int, columns: Int, wantsLanes: Bool = false) -> Int {
    let left = wantsLanes ? leftByLessonWithLanes : leftByLesson
    return rows - 5 - (columns >= wideForLesson ? 0 : left)
  }

  /// Cells of a lesson's lines, in a window of so many columns.
  static func lessonWidth(columns: Int) -> Int {
    columns >= wideForLesson ? min(70, columns * 3 / 8) : columns - 2
  }

  var promptRow: Int { rows - 2 }
  var bottomRow: Int { rows - 1 }
  /// The help, in place of the panes.
  var help: Rect { Rect(row: 2, column: 1, height: max(1, rows - 5), width: columns - 2) }
  /// The row above the last, without the frame: the prompt, or what is told.
  var promptArea: Rect { Rect(row: promptRow, column: 1, height: 1, width: columns - 2) }
  /// The last row without its corners: the keys.
  var keyArea: Rect { Rect(row: bottomRow, column: 1, height: 1, width: columns - 2) }

  init(
    rows: Int, columns: Int, focus: Pane, showsInspector: Bool, showsSummary: Bool = false,
    showsOutput: Bool = false, wantsLanes: Bool = false, lessonLines: Int? = nil,
    sizes: PaneSizes = PaneSizes(), isBig: Bool = false
  ) {
    self.rows = rows
    self.columns = columns
    let wide = isBig ? Self.wideForBig : Self.wide
    var height = max(0, rows - 5)
    var (left, top, right) = (1, 2, columns - 1)
    if let lessonLines, rows >= Self.leastRowsForLesson, columns >= Self.leastColumnsForLesson {
      let width = Self.lessonWidth(columns: columns)
      if columns >= Self.wideForLesson {
        lesson = Rect(row: 2, column: columns - 1 - width, height: height, width: width)
        right -= width + 1
      } else {
        let most = Self.lessonRows(rows: self.rows, columns: columns, wantsLanes: wantsLanes)
        let rows = min(max(Self.leastPane, sizes.lesson ?? lessonLines), most)
        lesson = Rect(row: 2, column: 1, height: rows, width: width)
        top += rows + 1
        height -= rows + 1
      }
    }
    let inner = right + 1
    if inner >= wide || focus == .sockets {
      let usual = inner >= wide ? min(34, max(24, inner / 6)) : min(30, inner - 12)
      let width = min(max(Self.leastList, sizes.socketsWidth ?? usual), inner - Self.leastColumns)
      sockets = Rect(row: top, column: 1, height: height, width: width)
      left = width + 2
    }
    let width = max(0, inner - left - 1)
    let heights = Self.heights(
      height, showsInspector: showsInspector, showsOutput: showsOutput, wantsLanes: wantsLanes, isBig: isBig,
      sizes)
    var row = top
    func take(_ height: Int) -> Rect? {
      if height == 0 { return nil }
      defer { row += height + 1 }
      return Rect(row: row, column: left, height: height, width: width)
    }
    records = take(heights.records) ?? Rect(row: top, column: left, height: 0, width: width)
    if showsSummary, records.height > Self.leastTable {
      records.height -= 1
      summary = Rect(row: records.rows.upperBound, column: left, height: 1, width: width)
    }
    if isBig, records.height > 2 * Self.leastTallRows { rowHeight = 2 }
    hasLanesBesideBytes = heights.lanes > 0 && heights.bytes > 0
    bytes = take(heights.bytes)
    inspector = take(heights.inspector)
    lanes = take(heights.lanes)
    output = take(heights.output)
  }

  /// Shares the rows of the middle out; a rule of one row lies between two panes. Where the user's sizes find no room,
  /// the upper panes keep theirs and the table keeps a few rows.
  private static func heights(
    _ height: Int, showsInspector: Bool, showsOutput: Bool, wantsLanes: Bool, isBig: Bool, _ sizes: PaneSizes
  ) -> (records: Int, bytes: Int, inspector: Int, lanes: Int, output: Int) {
    var rest = height
    var (bytes, inspector, lanes, output) = (0, 0, 0, 0)
    func chosen(_ size: Int?, or usual: Int) -> Int {
      size.map { min(max(leastPane, $0), max(leastPane, rest - 1 - leastTable)) } ?? usual
    }
    if showsOutput, height >= leastHeightForOutput {
      output = chosen(sizes.output, or: max(4, height / 5))
      rest -= output + 1
    }
    if showsInspector {
      inspector = max(0, min(rest - 4, chosen(sizes.inspector, or: max(8, height / 3))))
      rest -= inspector + 1
    }
    if rest >= 24 {
      lanes = chosen(sizes.lanes, or: rest >= 40 ? 9 : 6)
      rest -= lanes + 1
    } else if wantsLanes, rest >= leastForLanes {
      lanes = chosen(sizes.lanes, or: rest >= leastForBytes ? usualLanes : fewLanes)
      rest -= lanes + 1
      return (rest, 0, inspector, lanes, output)
    }
    if rest >= leastForBytes {
      bytes = chosen(sizes.bytes, or: max(4, isBig ? rest / 4 : rest * 2 / 5))
      rest -= bytes + 1
    }
    return (rest, bytes, inspector, lanes, output)
  }

  /// Rows of the table below its titles.
  var tableRows: Int { max(0, records.height - 1) / rowHeight }

  func pane(row: Int, column: Int) -> Pane? {
    if sockets?.contains(row: row, column: column) == true { return .sockets }
    if lesson?.contains(row: row, column: column) == true { return .lesson }
    if records.contains(row: row, column: column) { return .records }
    if bytes?.contains(row: row, column: column) == true { return .bytes }
    if inspector?.contains(row: row, column: column) == true { return .inspector }
    if lanes?.contains(row: row, column: column) == true { return .lanes }
    if output?.contains(row: row, column: column) == true { return .output }
    return nil
  }

  func rect(_ border: Border) -> Rect? {
    switch border {
    case .sockets: sockets
    case .bytes: bytes
    case .inspector: inspector
    case .lanes: lanes
    case .output: output
    case .lesson: lesson
    }
  }

  func border(row: Int, column: Int) -> Border? {
    Border.allCases.first { border in
      guard let rect = rect(border) else { return false }
      switch border {
      case .sockets: return column == rect.columns.upperBound && rect.rows.contains(row)
      case .lesson: return !isLessonBeside && row == rect.rows.upperBound && rect.columns.contains(column)
      case .bytes, .inspector, .lanes, .output: return row == rect.row - 1 && rect.columns.contains(column)
      }
    }
  }

  /// The panes below the table, from the top.
  var stack: [Border] { [.bytes, .inspector, .lanes, .output].filter { rect($0) != nil } }
}
