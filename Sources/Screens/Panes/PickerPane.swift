import Traffic

/// Draws a picker over the panes.
struct PickerPane {
  let picker: Picker
  let layout: PickerLayout

  private var rect: Rect { layout.rect }
  private var frame: Rect { layout.frame }
  private var matches: [Picker.Item] { layout.matches }
  private var top: Int { layout.top }

  func draw(on canvas: Canvas) {
    canvas.fill(frame, style: Style(.text, on: .help))
    canvas.frame(frame)
    canvas.put(
      " \(layout.title.fitted(to: rect.width - 4)) ", row: frame.row, column: frame.column + 2,
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
        layout.empty.fitted(to: rect.width - 3), row: rect.row, column: rect.column + 2,
        style: Style(picker.obstacle == nil ? .muted : .warning, on: .help), clip: rect)
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
    item.isOn.map { $0 ? "[x] " : "[ ] " } ?? (layout.hasMarks ? "    " : "")
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
