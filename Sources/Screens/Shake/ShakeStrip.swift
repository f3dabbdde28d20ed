import Traffic

/// Where each cell of a strip stands: in lines of a width, message below message. The cell of an offset stands in the column, and
/// below the text, of the byte that the cut lies before.
struct ShakeStrip: Sendable {
  enum Row: Hashable, Sendable {
    case blank
    /// What message follows.
    case head(message: Int)
    /// The bytes of a line.
    case text(message: Int, line: Int)
    case cells(message: Int, line: Int)
  }

  typealias Cell = ShakeState.Cell

  /// Cells of a line.
  let width: Int
  /// Cells that the longest label takes.
  let labelWidth: Int
  /// The bytes stand above their cells.
  let showsText: Bool
  /// Bytes of each message.
  private let counts: [Int]
  /// The first row of each message, and the end of all.
  private let starts: [Int]

  /// - Parameters:
  ///   - columns: that there are for it, labels included.
  ///   - height: up to which the bytes are shown as well.
  init(_ messages: [[UInt8]], columns: Int, height: Int) {
    counts = messages.map(\.count)
    labelWidth = String(max(0, (counts.max() ?? 0) - 1)).count
    let room = columns - labelWidth - 2
    width = room >= 10 ? room / 10 * 10 : max(1, room)
    let (plain, full) = (Self.starts(counts, width, perLine: 1), Self.starts(counts, width, perLine: 2))
    showsText = (full.last ?? 0) <= height
    starts = showsText ? full : plain
  }

  private static func starts(_ counts: [Int], _ width: Int, perLine: Int) -> [Int] {
    var starts = [0]
    for count in counts {
      // Several messages have a head each, and a blank row behind them.
      let rows = (count + width - 1) / width * perLine + (counts.count > 1 ? 2 : 0)
      starts.append(starts[starts.count - 1] + rows)
    }
    if counts.count > 1 { starts[starts.count - 1] -= 1 }
    return starts
  }

  var height: Int { starts.last ?? 0 }
  /// Columns of a line that are used by any.
  var used: Int { min(width, counts.max() ?? 0) }
  private var perLine: Int { showsText ? 2 : 1 }
  private var headHeight: Int { counts.count > 1 ? 1 : 0 }

  /// Lines of cells that have room in rows.
  func lines(in height: Int) -> Int { max(1, height / perLine - 1) }

  func row(_ row: Int) -> Row {
    guard row >= 0, row < height else { return .blank }
    var (low, high) = (0, counts.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if starts[middle] <= row { low = middle } else { high = middle - 1 }
    }
    let place = row - starts[low] - headHeight
    if place < 0 { return .head(message: low) }
    let line = place / perLine
    if line * width >= counts[low] { return .blank }
    return showsText && place % 2 == 0 ? .text(message: low, line: line) : .cells(message: low, line: line)
  }

  /// The rows that belong to a cell: with its text above it, and a head above the first line.
  func rows(of cell: Cell) -> Range<Int> {
    let line = cell.offset / width
    let row = starts[cell.message] + headHeight + line * perLine
    return (line == 0 ? row - headHeight : row)..<row + perLine
  }

  /// The offsets of a line, from its first byte on; 0 is none that can be cut at.
  func offsets(message: Int, line: Int) -> Range<Int> {
    line * width..<min(counts[message], (line + 1) * width)
  }

  /// The cell in a row and a column behind the labels.
  func cell(row: Int, column: Int) -> Cell? {
    let (message, line): (Int, Int)
    switch self.row(row) {
    case .blank, .head: return nil
    case .text(let place, let number), .cells(let place, let number): (message, line) = (place, number)
    }
    let offset = line * width + column
    guard column >= 0, column < width, offset >= 1, offset < counts[message] else { return nil }
    return Cell(message: message, offset: offset)
  }

  // MARK: Steps

  /// So many cells further, over the ends of messages.
  func cell(_ cell: Cell, along count: Int) -> Cell {
    let next = Cell(message: cell.message, offset: cell.offset + count)
    if next.offset >= 1, next.offset < counts[cell.message] { return next }
    let others = count > 0 ? Array(cell.message + 1..<counts.count) : (0..<cell.message).reversed()
    guard let other = others.first(where: { counts[$0] > 1 }) else { return cell }
    return Cell(message: other, offset: count > 0 ? 1 : counts[other] - 1)
  }

  /// So many lines down, in the same column as far as there is one; beyond a message the one behind it.
  func cell(_ cell: Cell, down count: Int) -> Cell {
    let column = cell.offset % width
    var (message, line) = (cell.message, cell.offset / width + count)
    while line < 0 {
      guard let other = (0..<message).last(where: { counts[$0] > 1 }) else { break }
      message = other
      line += lineCount(other)
    }
    while line >= lineCount(message) {
      guard let other = (message + 1..<counts.count).first(where: { counts[$0] > 1 }) else { break }
      line -= lineCount(message)
      message = other
    }
    line = min(max(0, line), lineCount(message) - 1)
    return Cell(message: message, offset: min(max(1, line * width + column), counts[message] - 1))
  }

  private func lineCount(_ message: Int) -> Int { (counts[message] + width - 1) / width }
}
