import Traffic

/// Draws a picker over the panes.
struct PickerPane {
  let picker: Picker

  func draw(on canvas: Canvas, _ layout: Layout) {
    let matches = picker.matches
    let widest = picker.items.map { SafeText.width($0.text) + SafeText.width($0.key) + 6 }.max() ?? 20
    let width = min(layout.columns - 6, max(30, widest))
    let height = min(layout.rows - 7, min(16, max(1, picker.items.count)))
    let rect = Rect(row: 4, column: (layout.columns - width) / 2, height: height, width: width)
    let frame = Rect(row: rect.row - 2, column: rect.column - 1, height: height + 3, width: width + 2)
    canvas.fill(frame, style: Style(.text, on: .help))
    canvas.frame(frame)
    canvas.put(
      " \(picker.title) ", row: frame.row, column: frame.column + 2,
      style: Style(.paneTitleFocused, on: .help))
    let typed = canvas.put(
      "▸ ", row: rect.row - 1, column: rect.column + 1, style: Style(.key, on: .help), clip: frame)
    canvas.put(
      picker.editor.text, row: rect.row - 1, column: typed, style: Style(.text, on: .help), clip: frame)
    canvas.cursor = Frame.Position(
      row: rect.row - 1,
      column: min(frame.columns.upperBound - 2, typed + SafeText.width(picker.editor.textBeforeCursor)))
    let place = min(picker.place, max(0, matches.count - 1))
    let top = max(0, place - height + 1)
    for (index, item) in matches.dropFirst(top).prefix(height).enumerated() {
      draw(item, isChosen: top + index == place, row: rect.row + index, on: canvas, in: rect)
    }
    if matches.isEmpty {
      canvas.put(
        "nothing has these letters", row: rect.row, column: rect.column + 2, style: Style(.muted, on: .help))
    }
  }

  private func draw(_ item: Picker.Item, isChosen: Bool, row: Int, on canvas: Canvas, in rect: Rect) {
    let paper: Role = isChosen ? .cursorRow : .help
    let line = Rect(row: row, column: rect.column, height: 1, width: rect.width)
    canvas.fill(line, style: Style(.text, on: paper))
    if isChosen {
      canvas.put("▸", row: row, column: rect.column, style: Style(.strong, on: paper), clip: line)
    }
    let room = rect.width - 4 - SafeText.width(item.key)
    let text = item.obstacle.map { "\(item.word) — off: \($0)" } ?? item.text
    canvas.put(
      text.fitted(to: room), row: row, column: rect.column + 2,
      style: Style(item.obstacle == nil ? .text : .muted, on: paper), clip: line)
    canvas.put(
      item.key, row: row, before: rect.columns.upperBound - 1, style: Style(.key, on: paper), clip: line)
  }
}
