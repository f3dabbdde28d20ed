/// Which rows of the pane are for what: how far it is, the bars or the plot, and what there is to say of the chosen one.
struct TrialsPage {
  /// A blank stands at either side.
  let column: Int
  let width: Int
  let row: Int
  /// The first row of the bars or the plot.
  let chartRow: Int
  let chartHeight: Int
  /// Rows of the screen that a line of the bars takes.
  let lineHeight: Int
  let wordsHeight: Int

  init(in rect: Rect, isSweep: Bool, isBig: Bool) {
    (row, column, width) = (rect.row, rect.column + 1, max(1, rect.width - 2))
    lineHeight = isBig ? 2 : 1
    wordsHeight = rect.height < 10 ? 0 : rect.height < 16 || isSweep ? 2 : 4
    chartRow = row + (rect.height >= 10 ? 2 : 1)
    let words = wordsHeight > 0 ? wordsHeight + 1 : 0
    chartHeight = max(1, rect.height - (chartRow - row) - words)
  }

  /// Lines of bars in view.
  var lines: Int { max(1, chartHeight / lineHeight) }

  /// The first row of what is said of the chosen one.
  var wordsRow: Int { chartRow + chartHeight + 1 }

  /// The line of the bars at a row of the screen.
  func line(row: Int, top: Int) -> Int? {
    (chartRow..<chartRow + lines * lineHeight).contains(row) ? top + (row - chartRow) / lineHeight : nil
  }
}
