import Traffic

/// A screen of cells. Text gets onto it only as glyphs, so nothing dangerous ever does.
public struct Grid: Sendable, Equatable {
  public let rows: Int
  public let columns: Int
  public private(set) var cells: [Cell]

  public init(rows: Int, columns: Int) {
    self.rows = max(0, rows)
    self.columns = max(0, columns)
    cells = Array(repeating: .blank, count: self.rows * self.columns)
  }

  public subscript(row: Int, column: Int) -> Cell { cells[row * columns + column] }

  public func row(_ row: Int) -> ArraySlice<Cell> { cells[row * columns..<(row + 1) * columns] }

  /// Writes one glyph if all of it lies in `clip`, and mends a wide glyph that it cuts in two.
  mutating func put(_ glyph: Glyph, row: Int, column: Int, style: Style, clip: Rect) {
    let clip = clip.clamped(to: Rect(row: 0, column: 0, height: rows, width: columns))
    guard clip.contains(row: row, column: column),
      clip.contains(row: row, column: column + glyph.width - 1)
    else { return }
    let place = row * columns + column
    if cells[place].scalar == 0 { cells[place - 1].scalar = 0x20 }
    cells[place] = Cell(scalar: glyph.scalar.value, style: style)
    if glyph.width == 2 { cells[place + 1] = Cell(scalar: 0, style: style) }
    let next = place + glyph.width
    if column + glyph.width < columns, cells[next].scalar == 0 { cells[next].scalar = 0x20 }
  }

  /// Changes the style of a cell and leaves what is written.
  mutating func restyle(row: Int, column: Int, _ change: (inout Style) -> Void) {
    guard (0..<rows).contains(row), (0..<columns).contains(column) else { return }
    change(&cells[row * columns + column].style)
  }

  /// The characters alone, one line a row, without blanks at the ends.
  public var text: String {
    (0..<rows).map { row in
      var line = String.UnicodeScalarView()
      for cell in self.row(row) {
        if cell.scalar != 0, let scalar = Unicode.Scalar(cell.scalar) { line.append(scalar) }
      }
      while line.last == " " { line.removeLast() }
      return String(line)
    }.joined(separator: "\n")
  }
}
