import Traffic

/// Draws what a shake came to: how far it is, a cell for each offset, and what there is to say of the chosen one.
struct ShakePane {
  private static let barWidth = 40

  let model: Model
  let page: ShakePage
  let journal: Journal

  private var state: ShakeState { model.shake }

  func draw(on canvas: Canvas, in rect: Rect) {
    canvas.fill(rect, style: .text)
    drawProgress(on: canvas, in: rect)
    for (index, line) in page.legend.enumerated() {
      draw(line, row: rect.row + 1 + index, on: canvas, in: rect)
    }
    if page.hasRuler { drawRuler(on: canvas, in: rect) }
    let strip = Rect(row: page.stripRow, column: rect.column, height: page.stripHeight, width: rect.width)
      .clamped(to: rect)
    for row in strip.rows { draw(state.top + row - page.stripRow, row: row, on: canvas, in: strip) }
    if page.strip.height - state.top > page.stripHeight {
      canvas.put(
        " ↓ more ", row: strip.rows.upperBound, before: rect.columns.upperBound - 1, style: Style(.key),
        clip: rect)
    }
    let words = ShakeWords(state, journal, width: page.width) { [model] in model.sockets.name($0) }
    for (index, line) in words.lines(most: page.wordsHeight).enumerated() {
      var column = page.column
      for span in line {
        column = canvas.put(
          span.text, row: page.wordsRow + index, column: column, style: span.style, clip: rect)
      }
    }
  }

  // MARK: How far it is

  private func drawProgress(on canvas: Canvas, in rect: Rect) {
    let width = min(Self.barWidth, max(4, page.width / 3))
    let part = state.total > 0 ? Double(min(state.done, state.total)) / Double(state.total) : 1
    let eighths = Int(part * Double(width * 8))
    var column = page.column
    let whole = String(repeating: "█", count: eighths / 8)
    let rest = String(repeating: "░", count: width - eighths / 8)
    column = canvas.put(whole, row: rect.row, column: column, style: Style(.sparkline), clip: rect)
    column = canvas.put(rest, row: rect.row, column: column, style: Style(.muted), clip: rect) + 1
    let (done, total) = (Units.count(state.done), Units.count(state.total))
    let isStopped = state.done < state.total && !state.isGoingOn
    let words =
      isStopped
      ? "stopped after \(done) of \(total)" : state.isGoingOn ? "\(done) of \(total)" : "all \(total) tried"
    column = canvas.put(
      words, row: rect.row, column: column, style: Style(isStopped ? .warning : .strong), clip: rect)
    column = canvas.put(
      "  \(Units.count(state.found)) found", row: rect.row, column: column,
      style: Style(state.found > 0 ? .error : .text), clip: rect)
    let proven = state.report?.proven ?? 0
    if state.done == 0 { return }
    canvas.put(
      "  \(proven == state.done ? "all" : Units.count(proven)) proven", row: rect.row, column: column,
      style: Style(proven == state.done ? .text : .warning), clip: rect)
  }

  private func draw(_ line: ShakeLegend.Line, row: Int, on canvas: Canvas, in rect: Rect) {
    var column = page.column
    for entry in line {
      canvas.put(String(entry.sign), row: row, column: column, style: Style(entry.role), clip: rect)
      column = canvas.put(entry.text, row: row, column: column + 2, style: Style(.text), clip: rect) + 3
    }
  }

  // MARK: The strip

  /// Each tenth column, so that an offset is its line's label and the column's number.
  private func drawRuler(on canvas: Canvas, in rect: Rect) {
    for column in stride(from: 0, to: page.strip.used, by: 10) {
      let text = String(column)
      canvas.put(
        text, row: page.rulerRow, column: page.cellColumn + column, style: Style(.muted), clip: rect)
    }
  }

  private func draw(_ place: Int, row: Int, on canvas: Canvas, in rect: Rect) {
    switch page.strip.row(place) {
    case .blank: break
    case .head(let message): drawHead(message, row: row, on: canvas, in: rect)
    case .text(let message, let line): drawText(message, line, row: row, on: canvas, in: rect)
    case .cells(let message, let line): drawCells(message, line, row: row, on: canvas, in: rect)
    }
  }

  private func drawHead(_ message: Int, row: Int, on canvas: Canvas, in rect: Rect) {
    let count = state.report?.start.messages[message].count ?? 0
    canvas.put(
      "message \(message + 1), \(Units.count(count)) B", row: row, column: page.column, style: Style(.strong),
      clip: rect)
  }

  private func drawText(_ message: Int, _ line: Int, row: Int, on canvas: Canvas, in rect: Rect) {
    guard let bytes = state.report?.start.messages[message] else { return }
    for offset in page.strip.offsets(message: message, line: line) {
      let glyph = Glyph(byte: bytes[offset])
      canvas.put(
        glyph, row: row, column: page.cellColumn + offset % page.strip.width,
        style: Style(glyph.isReplacement ? .muted : .text), clip: rect)
    }
  }

  private func drawCells(_ message: Int, _ line: Int, row: Int, on canvas: Canvas, in rect: Rect) {
    let offsets = page.strip.offsets(message: message, line: line)
    let label = String(offsets.lowerBound)
    canvas.put(
      label, row: row, before: page.column + page.strip.labelWidth, style: Style(.muted), clip: rect)
    let chosen = state.cell
    for offset in offsets where offset > 0 {
      let cell = ShakeState.Cell(message: message, offset: offset)
      let verdict = state.verdict(cell)
      let role = verdict?.role ?? .muted
      canvas.put(
        String(verdict?.sign ?? ShakeLegend.untried), row: row,
        column: page.cellColumn + offset - offsets.lowerBound,
        // The cursor turns colours round, which would leave nothing of one that has its own to stand on.
        style: cell == chosen ? Style(role == .exposed ? .error : role, on: .byteCursor) : Style(role),
        clip: rect)
    }
  }
}
