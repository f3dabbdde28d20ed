import Traffic

/// Draws the help.
struct HelpPane {
  let help: Help
  let text: HelpText

  func draw(on canvas: Canvas, in rect: Rect) {
    canvas.fill(rect, style: Style(.text, on: .help))
    for (index, line) in text.lines.dropFirst(help.top).prefix(rect.height).enumerated() {
      let row = rect.row + index
      if line.isHeading {
        canvas.put(
          line.text, row: row, column: rect.column + 1, style: Style(.helpTitle, on: .help), clip: rect)
        continue
      }
      let keyStyle = Style(line.isOff ? .muted : .key, on: .help)
      canvas.put(
        line.keys.fitted(to: text.keyWidth), row: row, column: rect.column + 2, style: keyStyle, clip: rect)
      canvas.put(
        line.text.fitted(to: text.textWidth), row: row, column: rect.column + text.keyWidth + 4,
        style: Style(line.isOff ? .muted : .text, on: .help), clip: rect)
    }
    if text.lines.count - help.top > rect.height {
      canvas.put(
        " ↓ more ", row: rect.rows.upperBound, before: rect.columns.upperBound - 1, style: Style(.key))
    }
  }
}
