import Traffic

/// Moving in the bytes and selecting them. What moves returns the item that the byte belongs to, where the table's cursor
/// has to go; nil if the cursor stays.
extension BytesState {
  /// - Parameter page: lines of a page.
  mutating func take(_ move: Move, _ stream: ByteStream, page: Int) -> Item.ID? {
    switch move {
    case .line(let count): self.move(lines: count, stream)
    case .page(let count): self.move(lines: count * page, stream)
    case .side(let count): self.move(to: cursor + Int64(count), stream)
    case .first: self.move(to: 0, stream)
    case .last: self.move(to: .max, stream)
    }
  }

  /// Puts the cursor on a byte, or on the nearest there is.
  private mutating func move(to offset: Int64, _ stream: ByteStream) -> Item.ID? {
    let offset = min(max(0, offset), stream.length - 1)
    guard offset >= 0, let chunk = stream.chunk(at: offset) else { return nil }
    cursor = offset
    selected = chunk.range
    return chunk.item.id
  }

  /// Moves up or down; where lines are chunks, to the same place in another chunk, or to its end.
  private mutating func move(lines count: Int, _ stream: ByteStream) -> Item.ID? {
    guard shape.isChunkLine else {
      return move(to: cursor + Int64(count * shape.bytesPerLine), stream)
    }
    let place = min(cursor, stream.length - 1)
    guard place >= 0, let current = stream.chunk(at: place) else { return nil }
    let (start, end) = (current.range.lowerBound, current.range.upperBound)
    let target =
      count < 0
      ? stream.chunks(before: start, limit: -count).first
      : stream.chunks(in: end..<max(end, stream.length), limit: count).last
    guard let range = target?.range else { return nil }
    return move(to: min(range.lowerBound + place - start, range.upperBound - 1), stream)
  }

  /// Goes to what a search has found, in whatever stream, and selects it.
  mutating func show(_ match: Stretch, _ journal: Journal) {
    turn(to: match)
    (anchor, pressed, found) = (nil, nil, match.range)
    _ = move(
      to: match.range.lowerBound,
      ByteStream(journal, socket: match.socket, direction: match.direction))
  }

  /// Begins a selection at the cursor. What has gone, or was only peeked at, has no byte to stand on: then the cursor stays,
  /// and nothing is begun.
  mutating func beginSelection(_ stream: ByteStream) -> Item.ID? {
    let item = move(to: cursor, stream)
    if item != nil { anchor = cursor }
    return item
  }

  // MARK: Mouse

  /// The button goes down on a cell of the pane.
  mutating func press(row: Int, column: Int, _ stream: ByteStream, height: Int) -> Item.ID? {
    (anchor, pressed) = (nil, nil)
    guard let offset = offset(row: row, column: column, stream, height: height) else { return nil }
    let item = move(to: offset, stream)
    if cursor == offset { pressed = offset }
    return item
  }

  /// Selects from the byte on which the button went down; above and below the pane the view goes along.
  mutating func drag(row: Int, column: Int, _ stream: ByteStream, height: Int) -> Item.ID? {
    guard let pressed else { return nil }
    let before = cursor
    let item: Item.ID?
    if (0..<height).contains(row) {
      item = offset(row: row, column: column, stream, height: height).flatMap { move(to: $0, stream) }
    } else {
      item = move(lines: row < 0 ? -1 : 1, stream)
    }
    if cursor != before { anchor = pressed }
    return item
  }

  private func offset(row: Int, column: Int, _ stream: ByteStream, height: Int) -> Int64? {
    let lines = lines(stream, height: height)
    return lines.indices.contains(row) ? lines[row].offset(at: column, shape) : nil
  }
}
