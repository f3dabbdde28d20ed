import Traffic

/// Draws the cells of one line of the bytes pane.
struct BytesLinePen {
  let canvas: Canvas
  let clip: Rect
  let row: Int
  let shape: BytesShape

  func drawHex(_ cell: BytesLine.Cell, _ edge: MessageEdges.Edge?, _ style: Style) {
    put(cell.byte.map(HexLine.digits) ?? "··", cell.hexColumn, style)
    if let edge { put(edge.mark, cell.hexColumn - 1, Style(edge.role)) }
  }

  /// The blank before a byte's digits, in the shade of the chunk.
  func drawGap(_ cell: BytesLine.Cell, _ paper: Role) {
    let isGroup = cell.hexColumn > shape.hexColumn(0) && (cell.hexColumn - shape.hexColumn(0)) % 25 == 0
    for step in 1...(isGroup ? 2 : 1) { put(" ", cell.hexColumn - step, Style(.text, on: paper)) }
  }

  func drawText(_ cell: BytesLine.Cell, _ edge: MessageEdges.Edge?, _ style: Style) {
    var style = style
    if let edge, cell.isFirst, shape.marksInText {
      put(edge.mark, cell.textColumn - 1, Style(edge.role))
    } else if cell.isFirst, !shape.isChunkLine, [.chunkEven, .chunkOdd].contains(style.paper) {
      style = Style(style.ink, on: .chunkStart)
    }
    var column = clip.column + cell.textColumn
    for glyph in cell.glyphs {
      canvas.put(glyph, row: row, column: column, style: style, clip: clip)
      column += glyph.width
    }
  }

  /// Where a line is a chunk: the edge it begins with, or that there is more to the left.
  func drawStart(_ cell: BytesLine.Cell, _ edge: MessageEdges.Edge?, isScrolled: Bool) {
    let columns = [shape.showsHex ? cell.hexColumn : nil, shape.showsText ? cell.textColumn : nil]
    for column in columns.compactMap({ $0 }) {
      if isScrolled {
        put("‹", column - 1, Style(.chunkEdge))
      } else if let edge, cell.isFirst {
        put(edge.mark, column - 1, Style(edge.role))
      }
    }
  }

  func drawMore(_ count: Int64) {
    if count > 0 { put("… +\(Units.size(count))", shape.moreColumn, Style(.muted)) }
  }

  private func put(_ text: String, _ column: Int, _ style: Style) {
    canvas.put(text, row: row, column: clip.column + column, style: style, clip: clip)
  }
}
