import Traffic

/// Moving and selecting in the bytes.
extension Model {
  func bytesLines(_ journal: Journal) -> BytesLines {
    let stream = sockets.stream(of: bytes.socket, bytes.direction, in: journal)
    return BytesLines(stream: stream, shape: bytes.shape, reading: choices.reading)
  }

  /// What the bytes pane shows.
  func bytesLines(_ journal: Journal, height: Int) -> [BytesLine] {
    if bytes.socket == .none { return [] }
    return bytesLines(journal).lines(from: bytes.top, height: height, scrolled: bytes.scrolled)
  }

  mutating func moveByte(by count: Int64, _ journal: Journal) {
    moveByte(to: bytes.cursor + count, journal)
  }

  /// Puts the byte cursor somewhere; the table's cursor goes to the chunk that the byte belongs to.
  mutating func moveByte(to offset: Int64, _ journal: Journal) {
    guard bytes.socket != .none else { return }
    let stream = sockets.stream(of: bytes.socket, bytes.direction, in: journal)
    let offset = min(max(0, offset), stream.length - 1)
    guard offset >= 0, let chunk = stream.chunk(at: offset) else { return }
    bytes.cursor = offset
    bytes.selected = chunk.range
    table.go(to: chunk.item.id, source(journal), height: layout.tableRows)
  }

  /// Moves the byte cursor up or down; where lines are chunks, to the same place in another chunk, or to its end.
  mutating func moveByte(lines count: Int, _ journal: Journal) {
    guard bytes.shape.isChunkLine else {
      moveByte(by: Int64(count * bytes.shape.bytesPerLine), journal)
      return
    }
    guard bytes.socket != .none else { return }
    let stream = bytesLines(journal).stream
    let place = min(bytes.cursor, stream.length - 1)
    guard place >= 0, let current = stream.chunk(at: place) else { return }
    let (start, end) = (current.range.lowerBound, current.range.upperBound)
    let target =
      count < 0
      ? stream.chunks(before: start, limit: -count).first
      : stream.chunks(in: end..<max(end, stream.length), limit: count).last
    guard let range = target?.range else { return }
    moveByte(to: min(range.lowerBound + place - start, range.upperBound - 1), journal)
  }

  // MARK: Selecting

  /// Begins a selection at the byte cursor, or ends it.
  mutating func toggleSelection(_ journal: Journal) {
    if bytes.anchor != nil {
      bytes.anchor = nil
    } else {
      beginSelection(journal)
    }
  }

  /// Moves the byte cursor and takes the selection along, begun where it is not yet.
  mutating func extendSelection(bytes count: Int64 = 0, lines: Int = 0, _ journal: Journal) {
    if bytes.anchor == nil { beginSelection(journal) }
    if count != 0 { moveByte(by: count, journal) }
    if lines != 0 { moveByte(lines: lines, journal) }
  }

  private mutating func beginSelection(_ journal: Journal) {
    focus = .bytes
    // What has gone, or was only peeked, has no byte to stand on: then the cursor stays, and nothing is begun.
    let stream = bytesLines(journal).stream
    guard stream.chunk(at: min(bytes.cursor, stream.length - 1)) != nil else {
      notice = Notice(kind: .note, text: "there is no byte of the stream here to begin at")
      return
    }
    moveByte(by: 0, journal)
    bytes.anchor = bytes.cursor
  }

  // MARK: Mouse

  mutating func pressByte(_ pointer: Pointer, _ rect: Rect, _ journal: Journal) {
    (bytes.anchor, bytes.pressed) = (nil, nil)
    let lines = bytesLines(journal, height: rect.height)
    let row = pointer.row - rect.row
    guard lines.indices.contains(row),
      let offset = lines[row].offset(at: pointer.column - rect.column, bytes.shape)
    else { return }
    moveByte(to: offset, journal)
    if bytes.cursor == offset { bytes.pressed = offset }
  }

  /// Selects from the byte on which the button went down; above and below the pane the view goes along.
  mutating func dragByte(_ pointer: Pointer, _ journal: Journal) {
    guard let pressed = bytes.pressed, let rect = layout.bytes else { return }
    let row = pointer.row - rect.row
    let before = bytes.cursor
    if row < 0 || row >= rect.height {
      moveByte(lines: row < 0 ? -1 : 1, journal)
    } else {
      let lines = bytesLines(journal, height: rect.height)
      guard lines.indices.contains(row),
        let offset = lines[row].offset(at: pointer.column - rect.column, bytes.shape)
      else { return }
      moveByte(to: offset, journal)
    }
    if bytes.cursor != before { bytes.anchor = pressed }
  }
}
