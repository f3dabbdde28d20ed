import Traffic

/// The bytes: how they are shown, in which stream the view stands, from which line on, on which byte, and what is searched
/// for in them.
struct BytesState: Sendable {
  var choices = BytesChoices()
  private(set) var socket: SocketID = .none
  private(set) var direction = Direction.received
  /// Offset of the first byte of the first line.
  private(set) var top: Int64 = 0
  /// Where lines are chunks: the byte at which the cursor's line begins, its chunk's first or a later one.
  private(set) var scrolled: Int64 = 0
  /// Offset of the byte under the cursor.
  var cursor: Int64 = 0
  /// The byte at which the selection was begun; it reaches from there to the cursor. Nil while there is none.
  var anchor: Int64?
  /// What a search has found; it is selected while the cursor stands at its first byte.
  var found: Range<Int64>?
  /// The byte on which the mouse button went down.
  var pressed: Int64?
  /// The bytes of the chunk under the cursor.
  var selected: Range<Int64> = 0..<0
  /// How the lines are laid out, as `settle` found it.
  private(set) var shape = BytesShape(width: 0)
  /// The search that is open, and what was searched for last.
  var find: FindState?
  var lastFind: FindRequest?

  /// The bytes of the selection; nil while there is none.
  var selection: Range<Int64>? {
    if let anchor { return min(anchor, cursor)..<max(anchor, cursor) + 1 }
    return found?.lowerBound == cursor ? found : nil
  }

  /// The bytes that are meant: the selection, or those of the item under the table's cursor; nil if it has none.
  func copySource(_ item: Item?) -> CopySource? {
    if let selection { return .stream(socket, direction, selection) }
    return selected.isEmpty ? nil : item?.copySource
  }

  /// Whose bytes they are: `received by server.1`.
  func streamWords(_ sockets: SocketTable) -> String {
    "\(direction == .received ? "received" : "sent") by \(sockets.name(socket))"
  }

  /// The stream that is shown; nil if none is.
  func stream(_ sockets: SocketTable, _ journal: Journal) -> ByteStream? {
    socket == .none ? nil : sockets.stream(of: socket, direction, in: journal)
  }

  /// What the pane shows.
  func lines(_ sockets: SocketTable, _ journal: Journal, height: Int) -> [BytesLine] {
    stream(sockets, journal).map { lines($0, height: height) } ?? []
  }

  func lines(_ stream: ByteStream, height: Int) -> [BytesLine] {
    lines(of: stream).lines(from: top, height: height, scrolled: scrolled)
  }

  private func lines(of stream: ByteStream) -> BytesLines {
    BytesLines(stream: stream, shape: shape, reading: choices.reading)
  }

  /// Shows the stream of some bytes.
  mutating func turn(to stretch: Stretch) { (socket, direction) = (stretch.socket, stretch.direction) }

  /// Follows the table's cursor.
  /// - Parameters:
  ///   - item: what is under it; nil if nothing is.
  ///   - width: of the pane, as `height`; 0 where it has no place on the screen.
  ///   - follows: the newest bytes are to be seen.
  mutating func settle(
    _ item: Item?, _ sockets: SocketTable, _ journal: Journal, width: Int, height: Int, follows: Bool
  ) {
    shape = BytesShape(width: width, choices)
    guard let item, item.socket != .none else { return }
    // What a program does beside its sockets stands among the bytes of its newest connection.
    let isProgram = sockets.info(item.socket)?.role == .program
    guard let own = isProgram ? sockets.connection(of: item.socket) : item.socket else { return }
    guard let stretch = item.stretch ?? journal.stretch(of: own, before: item) else {
      if socket != own {
        (socket, direction, top, scrolled, cursor) = (own, .received, 0, 0, 0)
        (anchor, found, pressed) = (nil, nil, nil)
      }
      selected = 0..<0
      return
    }
    if height <= 0 { return }
    let isOther = stretch.socket != socket || stretch.direction != direction
    (socket, direction) = (stretch.socket, stretch.direction)
    if isOther { (anchor, found, pressed) = (nil, nil, nil) }
    if selected != stretch.range || isOther {
      selected = stretch.range
      if !selected.contains(cursor) { cursor = selected.lowerBound }
    }
    let lines = lines(of: sockets.stream(of: socket, direction, in: journal))
    if shape.isChunkLine {
      placeChunks(lines, height: height, follows: follows)
    } else {
      placeLines(length: lines.stream.length, height: height, follows: follows)
    }
  }

  private mutating func placeLines(length: Int64, height: Int, follows: Bool) {
    let bytesPerLine = Int64(shape.bytesPerLine)
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
    // Below the last line stands nothing while there are lines above the first.
    top = max(0, min(top / bytesPerLine * bytesPerLine, lastLine + bytesPerLine - page))
  }

  private mutating func placeChunks(_ lines: BytesLines, height: Int, follows: Bool) {
    let (stream, length) = (lines.stream, lines.stream.length)
    let place = min(cursor, length - 1)
    guard place >= 0, let current = stream.chunks(in: place..<length, limit: 1).first else {
      (top, scrolled) = (max(0, length), 0)
      return
    }
    let (start, end) = (current.range.lowerBound, current.range.upperBound)
    if follows {
      top = min(start, stream.chunks(before: length, limit: height).first?.range.lowerBound ?? start)
    } else if start < top {
      top = start
    } else {
      let shown = stream.chunks(in: top..<end, limit: height)
      let isShown = shown.last?.sequence == current.sequence
      let first = isShown ? shown.first : stream.chunks(before: end, limit: height).first
      top = first?.range.lowerBound ?? start
    }
    if !follows, stream.chunks(in: top..<length, limit: height).count < height {
      top = stream.chunks(before: length, limit: height).first?.range.lowerBound ?? top
    }
    scroll(current, place, lines)
  }

  /// Scrolls the line of a chunk as little as it takes to show the cursor.
  private mutating func scroll(_ chunk: Chunk, _ place: Int64, _ lines: BytesLines) {
    let offset = max(place, chunk.range.lowerBound)
    if !chunk.range.contains(scrolled) || scrolled > offset { scrolled = offset }
    let line = lines.line(chunk, scrolled: scrolled)
    if let last = line.cells.last, last.offset < offset {
      scrolled = lines.start(ofLineEndingAt: offset, chunk)
    }
    // What has room from its beginning on begins there.
    let whole = lines.line(chunk, scrolled: chunk.range.lowerBound)
    if let last = whole.cells.last, last.offset >= offset { scrolled = chunk.range.lowerBound }
  }
}
