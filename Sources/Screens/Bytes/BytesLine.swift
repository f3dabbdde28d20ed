import Traffic

/// One line of the bytes pane, with the cells that each byte takes. Columns count from the pane's edge.
struct BytesLine: Sendable {
  /// One byte on screen.
  struct Cell: Sendable {
    var offset: Int64
    /// Nil if it is no longer held.
    var byte: UInt8?
    /// Nil if its record is no longer held.
    var chunk: Chunk?
    /// A chunk begins here that is not the first of the stream.
    var isFirst: Bool
    /// What the text column shows; empty where a wide glyph before it reaches into its cell.
    var glyphs: [Glyph]
    var hexColumn = 0
    var textColumn = 0
    var textWidth = 1
  }

  private(set) var cells: [Cell]
  /// Bytes of the chunk that have no room behind these.
  private(set) var more: Int64 = 0
  /// Bytes of the chunk before these are scrolled away.
  var isScrolled = false

  var offset: Int64 { cells.first?.offset ?? 0 }

  init(_ cells: some Collection<Cell>, _ shape: BytesShape) {
    self.cells = Array(cells)
    var text = shape.textColumn
    for index in self.cells.indices {
      if self.cells[index].isFirst, shape.marksInText { text += 1 }
      self.cells[index].hexColumn = shape.hexColumn(index)
      self.cells[index].textColumn = text
      text += self.cells[index].textWidth
    }
    guard shape.isChunkLine, let last = self.cells.last, let chunk = last.chunk else { return }
    // At least one byte stands in each line, however little room there is.
    if shape.showsText {
      let end = shape.textColumn + shape.textWidth
      let room = self.cells.prefix { $0.textColumn + $0.textWidth <= end }.count
      self.cells.removeLast(self.cells.count - max(1, room))
    }
    more = chunk.range.upperBound - (self.cells.last?.offset ?? last.offset) - 1
  }

  /// The byte whose digits, or the blank before them, or whose text stands in a column.
  func offset(at column: Int, _ shape: BytesShape) -> Int64? {
    cells.first {
      shape.showsHex && column >= $0.hexColumn - 1 && column <= $0.hexColumn + 1
        || shape.showsText && column >= $0.textColumn && column < $0.textColumn + $0.textWidth
    }?.offset
  }
}
