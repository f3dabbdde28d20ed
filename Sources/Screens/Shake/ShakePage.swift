import Traffic

/// Which rows of the pane are for what: how far it is, the strip, and what there is to say of the chosen cell.
struct ShakePage {
  /// A blank stands at either side.
  let column: Int
  let width: Int
  let row: Int
  let height: Int
  let strip: ShakeStrip
  /// Rows of counts below the bar.
  let legend: [ShakeLegend.Line]
  /// The ruler has a row above the strip.
  let hasRuler: Bool
  /// Rows of the strip in view.
  let stripHeight: Int

  init(_ state: ShakeState, in rect: Rect) {
    (row, column, width, height) = (rect.row, rect.column + 1, max(1, rect.width - 2), rect.height)
    let wanted = rect.height >= 24 ? 9 : rect.height >= 14 ? 7 : rect.height >= 9 ? 4 : 0
    let lines = ShakeLegend(state).lines(width: max(1, rect.width - 2))
    legend = Array(lines.prefix(rect.height >= 9 ? 2 : rect.height >= 5 ? 1 : 0))
    hasRuler = rect.height >= 9
    let rest = rect.height - 1 - legend.count - (hasRuler ? 2 : 0) - wanted
    strip = ShakeStrip(state.report?.start.messages ?? [], columns: max(1, rect.width - 2), height: rest)
    stripHeight = max(1, min(rest, strip.height))
  }

  /// The ruler's row, or that above the strip.
  var rulerRow: Int { row + legend.count + (hasRuler ? 2 : 0) }
  var stripRow: Int { row + 1 + legend.count + (hasRuler ? 2 : 0) }
  /// Where the cells of a line begin.
  var cellColumn: Int { column + strip.labelWidth + 2 }
  /// The first row of what is said of the chosen cell.
  var wordsRow: Int { stripRow + stripHeight + 1 }
  var wordsHeight: Int { max(0, row + height - wordsRow) }

  /// The cell at a place of the screen.
  func cell(row: Int, column: Int, top: Int) -> ShakeState.Cell? {
    guard row >= stripRow, row < stripRow + stripHeight else { return nil }
    return strip.cell(row: top + row - stripRow, column: column - cellColumn)
  }
}
