import Traffic

/// A grid to draw a frame on, with lines that join where they meet.
final class Canvas {
  private(set) var grid: Grid
  var cursor: Frame.Position?
  /// For each cell the directions in which a line leaves it.
  private var lines: [UInt8]

  private enum Side {
    static let up: UInt8 = 1
    static let down: UInt8 = 2
    static let left: UInt8 = 4
    static let right: UInt8 = 8
  }

  /// By the sum of sides.
  private static let joints: [Unicode.Scalar] = [
    " ", "╵", "╷", "│", "╴", "┘", "┐", "┤", "╶", "└", "┌", "├", "─", "┴", "┬", "┼",
  ]

  init(rows: Int, columns: Int) {
    grid = Grid(rows: rows, columns: columns)
    lines = Array(repeating: 0, count: grid.cells.count)
  }

  var bounds: Rect { Rect(row: 0, column: 0, height: grid.rows, width: grid.columns) }

  func horizontal(row: Int, from: Int, through: Int) {
    for column in from...max(from, through) {
      if column > from { join(row, column, Side.left) }
      if column < through { join(row, column, Side.right) }
    }
  }

  func vertical(column: Int, from: Int, through: Int) {
    for row in from...max(from, through) {
      if row > from { join(row, column, Side.up) }
      if row < through { join(row, column, Side.down) }
    }
  }

  /// Draws a frame over what is there, without joining it.
  func frame(_ rect: Rect) {
    let (right, bottom) = (rect.columns.upperBound - 1, rect.rows.upperBound - 1)
    for column in rect.columns {
      put("─", row: rect.row, column: column, style: Style(.border, on: .help))
      put("─", row: bottom, column: column, style: Style(.border, on: .help))
    }
    for row in rect.rows {
      put("│", row: row, column: rect.column, style: Style(.border, on: .help))
      put("│", row: row, column: right, style: Style(.border, on: .help))
    }
    for (row, column, corner) in [
      (rect.row, rect.column, "┌"), (rect.row, right, "┐"), (bottom, rect.column, "└"), (bottom, right, "┘"),
    ] {
      put(corner, row: row, column: column, style: Style(.border, on: .help))
    }
  }

  private func join(_ row: Int, _ column: Int, _ side: UInt8) {
    guard bounds.contains(row: row, column: column) else { return }
    let place = row * grid.columns + column
    lines[place] |= side
    put(Glyph(Self.joints[Int(lines[place])]), row: row, column: column, style: Style(.border), clip: bounds)
  }

  func put(_ glyph: Glyph, row: Int, column: Int, style: Style, clip: Rect) {
    grid.put(glyph, row: row, column: column, style: style, clip: clip)
  }

  /// Writes text from a column on. Returns the column after it.
  @discardableResult
  func put(_ text: some StringProtocol, row: Int, column: Int, style: Style = .text, clip: Rect? = nil) -> Int
  {
    var column = column
    let clip = clip ?? bounds
    for scalar in text.unicodeScalars {
      let glyph = Glyph(scalar)
      put(glyph, row: row, column: column, style: style, clip: clip)
      column += glyph.width
    }
    return column
  }

  /// Writes text that ends before a column.
  func put(_ text: some StringProtocol, row: Int, before column: Int, style: Style = .text, clip: Rect? = nil)
  {
    put(text, row: row, column: column - SafeText.width(text), style: style, clip: clip)
  }

  func fill(_ rect: Rect, style: Style) {
    for row in rect.rows {
      for column in rect.columns { put(Glyph(" "), row: row, column: column, style: style, clip: bounds) }
    }
  }

  func restyle(_ rect: Rect, _ change: (inout Style) -> Void) {
    for row in rect.rows { for column in rect.columns { grid.restyle(row: row, column: column, change) } }
  }

  var frame: Frame { Frame(grid: grid, cursor: cursor) }
}

extension String {
  /// The text cut to a width in cells; what is cut off is told by `…`.
  func fitted(to width: Int) -> String {
    if SafeText.width(self) <= width { return self }
    var fitted = String.UnicodeScalarView()
    var used = 0
    for scalar in unicodeScalars {
      let cells = Glyph(scalar).width
      if used + cells > width - 1 { break }
      used += cells
      fitted.append(scalar)
    }
    return width > 0 ? String(fitted) + "…" : ""
  }

  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, width - SafeText.width(self)))
  }
}
