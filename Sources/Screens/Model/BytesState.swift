import Traffic

/// Where the bytes pane stands: in which stream, from which line on, on which byte.
struct BytesState: Sendable {
  var socket: SocketID = .none
  var direction = Direction.received
  /// Offset of the first byte of the first line.
  var top: Int64 = 0
  /// Offset of the byte under the cursor.
  var cursor: Int64 = 0
  /// The bytes of the chunk under the cursor.
  var selected: Range<Int64> = 0..<0
  /// How the lines are laid out, as `settle` found it.
  var shape = BytesShape(width: 0)

  /// Follows the table's cursor to a record's bytes.
  mutating func settle(_ record: Record?, chunk: Range<Int64>, length: Int64, height: Int, follows: Bool) {
    let bytesPerLine = Int64(shape.bytesPerLine)
    guard bytesPerLine > 0, height > 0 else { return }
    let moved = record.map { $0.socket != socket || Direction($0.kind) != direction } ?? false
    if let record, let direction = Direction(record.kind) {
      socket = record.socket
      self.direction = direction
    }
    if selected != chunk || moved {
      selected = chunk
      if !chunk.contains(cursor) { cursor = chunk.lowerBound }
    }
    let page = Int64(height) * bytesPerLine
    let line = cursor / bytesPerLine * bytesPerLine
    let lastLine = max(0, length - 1) / bytesPerLine * bytesPerLine
    if follows {
      // The end of what arrived, but never past the beginning of its newest chunk.
      top = max(0, min(line, lastLine + bytesPerLine - page))
    } else if line < top {
      top = line
    } else if line >= top + page {
      top = line - page + bytesPerLine
    }
    top = max(0, top / bytesPerLine * bytesPerLine)
  }
}
