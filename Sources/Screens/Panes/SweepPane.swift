import Traffic

/// Draws a sweep: the plot of one socket, and the figures of the chosen size.
struct SweepPane {
  let shown: ShownSweep

  private var state: TrialsState { shown.state }
  private var page: TrialsPage { shown.page }

  func draw(on canvas: Canvas, in rect: Rect) {
    guard let socket = state.sweepSocket else {
      if state.news?.isOver == true {
        canvas.put("nothing was received", row: page.chartRow, column: page.column, clip: rect)
      }
      return
    }
    if shown.plotHeight >= 5 { drawPlot(of: socket, on: canvas, in: rect) }
    let top = page.chartRow + max(0, page.chartHeight - shown.figuresHeight)
    put(
      ["recv", "socket", "calls/s", "bytes/s", "calls", "runs"], .columnTitle, row: top, on: canvas, in: rect)
    for (index, row) in shown.figures.enumerated() {
      let isChosen = row.socket == socket
      if isChosen, shown.figures.count > 1 {
        canvas.put("▸", row: top + 1 + index, column: page.column, style: Style(.strong), clip: rect)
      }
      put(
        [
          SizeText.text(row.size), row.socket, Units.count(Int(row.rate.callsPerSecond)),
          "\(Units.size(Int64(row.rate.bytesPerSecond)))/s", Units.count(row.rate.calls),
          Units.count(row.runs),
        ], isChosen ? .strong : .text, row: top + 1 + index, on: canvas, in: rect)
    }
  }

  private func drawPlot(of socket: String, on canvas: Canvas, in rect: Rect) {
    let area = Rect(row: page.chartRow, column: page.column, height: shown.plotHeight + 1, width: page.width)
      .clamped(to: rect)
    var column = canvas.put(
      "\(socket), a second:  ", row: area.row, column: area.column, style: Style(.strong), clip: area)
    for (sign, word, role) in [(SweepPlot.bytes, "bytes", Role.received), (SweepPlot.calls, "calls", .sent)] {
      column = canvas.put(String(sign), row: area.row, column: column, style: Style(role), clip: area)
      column = canvas.put(" \(word)   ", row: area.row, column: column, clip: area)
    }
    canvas.put("against the size of recv", row: area.row, column: column, style: Style(.muted), clip: area)
    for mark in shown.plot.marks {
      canvas.put(
        mark.text, row: area.row + 1 + mark.row, column: area.column + mark.column, style: Style(mark.role),
        clip: area)
    }
  }

  private func put(_ cells: [String], _ role: Role, row: Int, on canvas: Canvas, in rect: Rect) {
    let socketWidth = max(6, shown.figures.map { SafeText.width($0.socket) }.max() ?? 0)
    // Where each ends; the socket's name stands on the left.
    var end = page.column + 6
    for (index, width) in [6, socketWidth + 2, 11, 12, 14, 9].enumerated() {
      if index > 0 { end += width }
      if index == 1 {
        canvas.put(
          cells[index], row: row, column: end - socketWidth, style: Style(role), clip: rect)
      } else {
        canvas.put(cells[index], row: row, before: end, style: Style(role), clip: rect)
      }
    }
  }
}
