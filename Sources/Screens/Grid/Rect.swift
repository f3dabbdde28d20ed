/// A rectangle of cells.
public struct Rect: Hashable, Sendable {
  public var row: Int
  public var column: Int
  public var height: Int
  public var width: Int

  public var rows: Range<Int> { row..<row + max(0, height) }
  public var columns: Range<Int> { column..<column + max(0, width) }
  public var isEmpty: Bool { height <= 0 || width <= 0 }

  public func contains(row: Int, column: Int) -> Bool { rows.contains(row) && columns.contains(column) }

  /// The part that lies in another rectangle.
  func clamped(to other: Rect) -> Rect {
    let rows = self.rows.clamped(to: other.rows)
    let columns = self.columns.clamped(to: other.columns)
    return Rect(
      row: rows.lowerBound, column: columns.lowerBound, height: rows.count, width: columns.count)
  }
}
