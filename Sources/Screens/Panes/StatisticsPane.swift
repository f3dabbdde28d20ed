import Traffic

/// Draws statistics: what there was above, histograms in columns below, which scroll.
struct StatisticsPane {
  let state: StatisticsState
  let page: StatisticsPage

  func draw(on canvas: Canvas, in rect: Rect) {
    canvas.fill(rect, style: .text)
    for (index, line) in page.head.prefix(rect.height).enumerated() {
      draw(line, row: rect.row + index, column: rect.column + 1, on: canvas, clip: rect)
    }
    let first = rect.row + page.head.count
    let height = page.scrolled(height: rect.height)
    for (start, lines) in zip(page.starts, page.columns) {
      for (index, line) in lines.dropFirst(state.top).prefix(height).enumerated() {
        draw(line, row: first + index, column: rect.column + 1 + start, on: canvas, clip: rect)
      }
    }
    if page.height - state.top > height {
      canvas.put(
        " ↓ more ", row: rect.rows.upperBound, before: rect.columns.upperBound - 1, style: Style(.key))
    }
  }

  private func draw(_ line: StatisticsPage.Line, row: Int, column: Int, on canvas: Canvas, clip: Rect) {
    var column = column
    for span in line {
      column = canvas.put(span.text, row: row, column: column, style: Style(span.role), clip: clip)
    }
  }
}
