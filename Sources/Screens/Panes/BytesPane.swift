import Traffic

/// The bytes of one direction of one socket in hex and text, with an edge between chunks.
struct BytesPane {
  let model: Model
  let journal: Journal

  static func role(_ byte: UInt8) -> Role {
    switch ByteClass(byte) {
    case .null: .byteNull
    case .printable: .bytePrintable
    case .whitespace: .byteWhitespace
    case .otherASCII: .byteOther
    case .nonASCII: .byteNonASCII
    }
  }

  private var state: BytesState { model.bytes }
  private var shape: BytesShape { state.shape }

  /// What a relay holds of what the socket received.
  private var held: [HeldPiece] {
    state.direction == .received ? model.sockets.kernelState(of: state.socket)?.held ?? [] : []
  }

  func draw(on canvas: Canvas, in rect: Rect) {
    guard state.socket != .none else { return }
    let lines = state.lines(model.sockets, journal, height: rect.height)
    let (held, edges) = (held, edges(lines))
    for (index, line) in lines.enumerated() {
      let row = rect.row + index
      canvas.put(
        HexLine.offsetText(line.offset), row: row, column: rect.column + shape.offsetColumn,
        style: Style(.muted), clip: rect)
      draw(line, held, edges, BytesLinePen(canvas: canvas, clip: rect, row: row, shape: shape))
    }
    let last = lines.last?.cells.last?.offset
    let more = lines.last?.more ?? 0
    drawEnd(after: lines.count, upTo: last.map { $0 + more + 1 } ?? state.top, on: canvas, in: rect)
  }

  /// Where messages begin among the bytes in view.
  private func edges(_ lines: [BytesLine]) -> MessageEdges {
    guard let first = lines.first?.cells.first?.offset, let last = lines.last?.cells.last?.offset else {
      return MessageEdges([])
    }
    // No more of them can be told apart than there are bytes.
    let range = first..<last + 1
    return MessageEdges(
      model.messages.messages(of: state.socket, in: range, state.direction, limit: range.count, journal))
  }

  private func draw(
    _ line: BytesLine, _ held: [HeldPiece], _ edges: MessageEdges, _ pen: BytesLinePen
  ) {
    var before: BytesLine.Cell?
    for cell in line.cells {
      var style = style(cell)
      if let chunk = cell.chunk, held.contains(where: { $0.from.contains(chunk.sequence) }) {
        style.ink = .warning
      }
      let edge = edges.edge(before: cell)
      if shape.showsHex {
        pen.drawHex(cell, edge, style)
        if edge == nil, let before, before.chunk?.sequence == cell.chunk?.sequence, let chunk = cell.chunk {
          let isInside = state.selection.map { $0.contains(cell.offset) && $0.contains(before.offset) }
          pen.drawGap(cell, paper(cell.offset, chunk, isInside: isInside ?? false))
        }
      }
      if shape.showsText { pen.drawText(cell, edge, style) }
      before = cell
    }
    if shape.isChunkLine, let first = line.cells.first {
      pen.drawStart(first, edges.edge(before: first), isScrolled: line.isScrolled)
      pen.drawMore(line.more)
    }
  }

  /// What follows the last byte: the end of the stream, or nothing yet.
  private func drawEnd(after count: Int, upTo offset: Int64, on canvas: Canvas, in rect: Rect) {
    let totals = model.sockets.totals(state.socket)
    guard let totals, count < rect.height else { return }
    let length = state.direction == .received ? totals.receivedBytes : totals.sentBytes
    guard offset >= length else { return }
    let end = state.direction == .received ? totals.receiveEnd : totals.sendEnd
    let words: String
    switch end {
    case nil where !held.isEmpty: words = Self.words(held, model.sockets.info(state.socket))
    case nil where length > 0: words = ""
    case nil where model.sockets.info(state.socket)?.role == .listener:
      words = "a listener only accepts; its connections receive"
    case nil: words = state.direction == .received ? "nothing received yet" : "nothing sent yet"
    case .endOfStream?: words = "end of stream after \(length) B"
    case .failed(let errno)?: words = errno.phrase
    case .shutDown?: words = "sending side ended after \(length) B"
    case .closed?: words = "closed after \(length) B"
    case .unopened?: words = "not opened"
    }
    if words.isEmpty { return }
    let role: Role = !held.isEmpty ? .warning : end == nil ? .muted : .endOfStream
    canvas.put(
      (end == nil ? "" : "╳ ") + words, row: rect.row + count, column: rect.column + shape.hexColumn(0),
      style: Style(role), clip: rect)
  }

  /// `2 pieces are held; : release r.1 up 2 1 lets them go`
  private static func words(_ held: [HeldPiece], _ info: SocketInfo?) -> String {
    guard let (pair, end) = info?.relayEnd else { return "" }
    let count = held.count == 1 ? "1 piece is held" : "\(Units.count(held.count)) pieces are held"
    return "\(count); : release \(pair) \(end.way.rawValue) \(held.count) lets the last one go, H all"
  }

  private func style(_ cell: BytesLine.Cell) -> Style {
    let ink = cell.byte.map(Self.role) ?? .muted
    if cell.offset == state.cursor, model.window.focus == .bytes { return Style(ink, on: .byteCursor) }
    let isInside = state.selection?.contains(cell.offset) ?? false
    guard let chunk = cell.chunk else { return Style(.muted, on: isInside ? .selectedBytes : .text) }
    return Style(ink, on: paper(cell.offset, chunk, isInside: isInside))
  }

  /// - Parameter isInside: the selection holds it.
  private func paper(_ offset: Int64, _ chunk: Chunk, isInside: Bool) -> Role {
    if isInside { return .selectedBytes }
    if state.selected.contains(offset) { return .selectedChunk }
    return chunk.record.number % 2 == 0 ? .chunkEven : .chunkOdd
  }
}
