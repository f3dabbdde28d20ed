import Traffic

/// Draws a picker over the panes.
struct PickerPane {
  let picker: Picker
  let title: String
  let items: [Picker.Item]
  private let matches: [Picker.Item]
  private let hasMarks: Bool
  /// The rows of the items; the line typed stands above them.
  private let rect: Rect
  private let frame: Rect
  /// The item in the first row.
  private let top: Int

  init(_ picker: Picker, _ model: Model) {
    self.picker = picker
    title = model.title(picker.subject)
    items = model.items(picker.subject)
    matches = picker.matches(items)
    hasMarks = items.contains { $0.isOn != nil }
    let mark = hasMarks ? 4 : 0
    let widest = items.map { mark + SafeText.width($0.text) + SafeText.width($0.key) + 6 }
      .max()
    let layout = model.layout
    let width = min(layout.columns - 6, max(30, widest ?? 0, SafeText.width(title) + 4))
    let height = min(layout.rows - 7, min(max(16, layout.rows * 2 / 3), max(1, items.count)))
    rect = Rect(row: 4, column: (layout.columns - width) / 2, height: height, width: width)
    frame = Rect(row: rect.row - 2, column: rect.column - 1, height: height + 3, width: width + 2)
    top = max(0, min(picker.place, max(0, matches.count - 1)) - height + 1)
  }

  /// The place among the matches of the item at a cell; nil if there is none.
  func place(row: Int, column: Int) -> Int? {
    guard rect.contains(row: row, column: column) else { return nil }
    let place = top + row - rect.row
    return matches.indices.contains(place) ? place : nil
  }

  func contains(row: Int, column: Int) -> Bool { frame.contains(row: row, column: column) }

  func draw(on canvas: Canvas) {
    canvas.fill(frame, style: Style(.text, on: .help))
    canvas.frame(frame)
    canvas.put(
      " \(title.fitted(to: rect.width - 4)) ", row: frame.row, column: frame.column + 2,
      style: Style(.paneTitleFocused))
    let typed = canvas.put(
      "▸ ", row: rect.row - 1, column: rect.column + 1, style: Style(.key, on: .help), clip: frame)
    canvas.put(
      picker.editor.text, row: rect.row - 1, column: typed, style: Style(.text, on: .help), clip: frame)
    canvas.cursor = Frame.Position(
      row: rect.row - 1,
      column: min(frame.columns.upperBound - 2, typed + SafeText.width(picker.editor.textBeforeCursor)))
    let place = min(picker.place, max(0, matches.count - 1))
    for (index, item) in matches.dropFirst(top).prefix(rect.height).enumerated() {
      draw(item, isChosen: top + index == place, row: rect.row + index, on: canvas, in: rect)
    }
    drawMore(on: canvas)
    if matches.isEmpty {
      canvas.put(
        "nothing has these letters", row: rect.row, column: rect.column + 2, style: Style(.muted, on: .help))
    }
  }

  /// How many items lie above and below those shown.
  private func drawMore(on canvas: Canvas) {
    let below = matches.count - top - rect.height
    let words = (top > 0 ? " ↑ \(top) " : "") + (below > 0 ? " ↓ \(below) more " : "")
    if words.isEmpty { return }
    canvas.put(
      words, row: frame.rows.upperBound - 1, before: frame.columns.upperBound - 2,
      style: Style(.muted, on: .help))
  }

  private func mark(_ item: Picker.Item) -> String {
    item.isOn.map { $0 ? "[x] " : "[ ] " } ?? (hasMarks ? "    " : "")
  }

  private func draw(_ item: Picker.Item, isChosen: Bool, row: Int, on canvas: Canvas, in rect: Rect) {
    let paper: Role = isChosen ? .cursorRow : .help
    let line = Rect(row: row, column: rect.column, height: 1, width: rect.width)
    canvas.fill(line, style: Style(.text, on: paper))
    if isChosen {
      canvas.put("▸", row: row, column: rect.column, style: Style(.strong, on: paper), clip: line)
    }
    let start = canvas.put(
      mark(item), row: row, column: rect.column + 2, style: Style(.strong, on: paper), clip: line)
    let room = rect.columns.upperBound - start - 2 - SafeText.width(item.key)
    let text = item.obstacle.map { "\(item.word) — off: \($0)" } ?? item.text
    canvas.put(
      text.fitted(to: room), row: row, column: start,
      style: Style(item.obstacle == nil ? .text : .muted, on: paper), clip: line)
    canvas.put(
      item.key, row: row, before: rect.columns.upperBound - 1, style: Style(.key, on: paper), clip: line)
  }
}
