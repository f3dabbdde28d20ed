/// The window, and how it is shared out among the panes.
struct Window: Sendable {
  var rows = 24
  var columns = 80
  /// The pane that has the keys.
  var focus = Pane.records
  /// Print for a projector: fewer columns, taller rows.
  var isBig = false
  private var sizes = PaneSizes()
  /// The border that the mouse holds.
  private var dragged: Layout.Border?

  init(isBig: Bool) { self.isBig = isBig }

  func layout(
    showsInspector: Bool, showsSummary: Bool, showsOutput: Bool, wantsLanes: Bool, lessonLines: Int?
  ) -> Layout {
    Layout(
      rows: rows, columns: columns, focus: focus, showsInspector: showsInspector,
      showsSummary: showsSummary, showsOutput: showsOutput, wantsLanes: wantsLanes, lessonLines: lessonLines,
      sizes: sizes, isBig: isBig)
  }

  /// Gives the keys to the next pane, or to the one before.
  mutating func moveFocus(by step: Int, _ layout: Layout) {
    let panes = Pane.allCases.filter {
      switch $0 {
      case .sockets, .records: true
      case .lesson: layout.lesson != nil
      case .bytes: layout.bytes != nil
      case .inspector: layout.inspector != nil
      case .lanes: layout.lanes != nil
      case .output: layout.output != nil
      }
    }
    let place = panes.firstIndex(of: focus) ?? 0
    focus = panes[(place + step + panes.count) % panes.count]
  }

  // MARK: Borders

  /// Takes a border where the mouse goes down on one.
  /// - Returns: false if there is none.
  mutating func press(_ pointer: Pointer, _ layout: Layout) -> Bool {
    dragged = layout.border(row: pointer.row, column: pointer.column)
    return dragged != nil
  }

  /// Moves the border that the mouse holds.
  /// - Returns: false if it holds none.
  mutating func drag(_ pointer: Pointer, _ layout: Layout) -> Bool {
    guard let border = dragged else { return false }
    guard let rect = layout.rect(border) else { return true }
    if border == .sockets {
      sizes.socketsWidth = pointer.column - rect.column
    } else if border == .lesson {
      sizes.lesson = pointer.row - rect.row
    } else {
      resize(border, by: rect.row - 1 - pointer.row, layout)
    }
    return true
  }

  mutating func release() { dragged = nil }

  /// One row more or less for the pane that has the keys.
  mutating func resizeFocus(by step: Int, _ layout: Layout) {
    switch focus {
    case .sockets: if let rect = layout.sockets { sizes.socketsWidth = rect.width + 2 * step }
    case .bytes: resize(.bytes, by: step, layout)
    case .inspector: resize(.inspector, by: step, layout)
    case .lanes: resize(.lanes, by: step, layout)
    case .output: resize(.output, by: step, layout)
    case .lesson: resize(.lesson, by: step, layout)
    case .records: if let below = layout.stack.first { resize(below, by: -step, layout) }
    }
  }

  /// A pane grows upwards: what is above it shrinks.
  private mutating func resize(_ border: Layout.Border, by rows: Int, _ layout: Layout) {
    if border == .lesson {
      if let rect = layout.lesson, !layout.isLessonBeside { sizes.lesson = rect.height + rows }
      return
    }
    guard let rect = layout.rect(border), let place = layout.stack.firstIndex(of: border) else { return }
    let above = place > 0 ? layout.stack[place - 1] : nil
    let room = above.flatMap(layout.rect)?.height ?? layout.records.height
    let rows = min(max(rows, 2 - rect.height), room - (above == nil ? 4 : 2))
    sizes[border] = rect.height + rows
    if let above { sizes[above] = room - rows }
  }
}
