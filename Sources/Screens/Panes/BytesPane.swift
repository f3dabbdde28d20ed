import Traffic

/// The bytes of one direction of one socket in hex and text, with an edge between chunks.
struct BytesPane {
  let model: Model
  let journal: Journal

  /// One byte on screen.
  private struct Shown {
    var byte: UInt8?
    var chunk: Chunk
    var isFirst: Bool
    var entry: DecodedBytes.Entry?
  }

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

  func draw(on canvas: Canvas, in rect: Rect) {
    guard state.socket != .none else { return }
    let stream = ByteStream(journal, socket: state.socket, direction: state.direction)
    let length = stream.length
    let page = state.top..<max(state.top, min(length, state.top + Int64(rect.height * shape.bytesPerLine)))
    let shown = page.isEmpty ? [] : bytes(stream, page)
    for line in 0..<rect.height {
      let start = line * shape.bytesPerLine
      guard start < page.count else { break }
      drawLine(
        shown[start..<min(start + shape.bytesPerLine, page.count)], offset: page.lowerBound + Int64(start),
        row: rect.row + line, on: canvas, in: rect)
    }
    drawEnd(length, page, on: canvas, in: rect)
  }

  /// What follows the last byte: the end of the stream, or nothing yet.
  private func drawEnd(_ length: Int64, _ page: Range<Int64>, on canvas: Canvas, in rect: Rect) {
    let lines = (max(0, page.count) + shape.bytesPerLine - 1) / shape.bytesPerLine
    guard length <= page.upperBound || page.isEmpty, lines < rect.height else { return }
    guard let totals = model.sockets.totals(state.socket) else { return }
    let end = state.direction == .received ? totals.receiveEnd : totals.sendEnd
    let words: String
    switch end {
    case nil:
      words = length == 0 ? state.direction == .received ? "nothing received yet" : "nothing sent yet" : ""
    case .endOfStream?: words = "end of stream after \(length) B"
    case .failed(let errno)?: words = errno.phrase
    case .shutDown?: words = "sending side ended after \(length) B"
    case .closed?: words = "closed after \(length) B"
    }
    if words.isEmpty { return }
    let role: Role = end == nil ? .muted : .endOfStream
    canvas.put(
      (end == nil ? "" : "╳ ") + words, row: rect.row + lines, column: rect.column + shape.hexColumn(0),
      style: Style(role), clip: rect)
  }

  private func bytes(_ stream: ByteStream, _ page: Range<Int64>) -> [Shown?] {
    var shown: [Shown?] = Array(repeating: nil, count: page.count)
    for chunk in stream.chunks(in: page, limit: page.count) {
      let part = chunk.range.clamped(to: page)
      // Text is read from the chunk's beginning, so that a character cut by the page's edge stays whole.
      let from = Int(max(0, part.lowerBound - chunk.range.lowerBound - 3))
      let to = Int(min(chunk.range.upperBound, part.upperBound + 3) - chunk.range.lowerBound)
      let payload = journal.payload(of: chunk.record, in: from..<to)
      let entries = payload.map(decode)
      for offset in part {
        let index = Int(offset - chunk.range.lowerBound) - from
        let byte = payload.flatMap { index < $0.count ? $0[index] : nil }
        let entry = entries.flatMap { index < $0.count ? $0[index] : nil }
        shown[Int(offset - page.lowerBound)] = Shown(
          byte: byte, chunk: chunk, isFirst: offset == chunk.range.lowerBound && offset > 0, entry: entry)
      }
    }
    return shown
  }

  private func drawLine(
    _ line: ArraySlice<Shown?>, offset: Int64, row: Int, on canvas: Canvas, in rect: Rect
  ) {
    canvas.put(
      HexLine.offsetText(offset), row: row, column: rect.column + shape.offsetColumn, style: Style(.muted),
      clip: rect)
    var column = rect.column + shape.textColumn
    var before: Shown?
    for (index, shown) in line.enumerated() {
      let at = offset + Int64(index)
      let style = style(shown, at)
      let hex = rect.column + shape.hexColumn(index)
      if shape.showsHex {
        canvas.put(shown?.byte.map(HexLine.digits) ?? "··", row: row, column: hex, style: style, clip: rect)
        drawGap(shown, before, at, row: row, column: hex, on: canvas, in: rect)
      }
      if shape.showsText { column = drawText(shown, style, row: row, column: column, on: canvas, in: rect) }
      before = shown
    }
  }

  /// The blank before a byte's digits: an edge where a chunk begins, else the chunk's shade.
  private func drawGap(
    _ shown: Shown?, _ before: Shown?, _ offset: Int64, row: Int, column: Int, on canvas: Canvas,
    in rect: Rect
  ) {
    if let shown, shown.isFirst {
      canvas.put("▕", row: row, column: column - 1, style: Style(.chunkEdge), clip: rect)
    } else if let shown, before?.chunk.sequence == shown.chunk.sequence {
      let paper = state.selected.contains(offset) ? Role.selectedChunk : paper(shown.chunk)
      let wide = (offset - state.top) % 8 == 0 ? 2 : 1
      for step in 1...wide {
        canvas.put(" ", row: row, column: column - step, style: Style(.text, on: paper), clip: rect)
      }
    }
  }

  private func drawText(
    _ shown: Shown?, _ style: Style, row: Int, column: Int, on canvas: Canvas, in rect: Rect
  ) -> Int {
    var column = column
    guard let shown else {
      canvas.put("·", row: row, column: column, style: Style(.muted), clip: rect)
      return column + 1
    }
    var style = style
    if shown.isFirst, shape.marksInText {
      canvas.put("▕", row: row, column: column, style: Style(.chunkEdge), clip: rect)
      column += 1
    } else if shown.isFirst {
      style = Style(style.ink, on: style.paper == .byteCursor ? .byteCursor : .chunkStart)
    }
    let glyph = glyph(shown)
    if let glyph { canvas.put(glyph, row: row, column: column, style: style, clip: rect) }
    return column + 1
  }

  private func decode(_ bytes: [UInt8]) -> [DecodedBytes.Entry] {
    switch model.choices.reading {
    case .utf8: DecodedBytes.utf8(bytes)
    case .latin1: DecodedBytes.latin1(bytes)
    case .ascii: DecodedBytes.ascii(bytes)
    }
  }

  /// What the text column shows for a byte; nil where a wide glyph before it reaches into its cell.
  private func glyph(_ shown: Shown) -> Glyph? {
    guard let byte = shown.byte else { return Glyph("·") }
    guard let entry = shown.entry, byte >= 0x80, !entry.glyph.isReplacement else { return Glyph(byte: byte) }
    if entry.place == 0 { return entry.glyph }
    return entry.place < entry.glyph.width ? nil : Glyph(" ")
  }

  private func style(_ shown: Shown?, _ offset: Int64) -> Style {
    guard let shown else { return Style(.muted) }
    let ink = shown.byte.map(Self.role) ?? .muted
    if offset == state.cursor, model.focus == .bytes { return Style(ink, on: .byteCursor) }
    return Style(ink, on: state.selected.contains(offset) ? .selectedChunk : paper(shown.chunk))
  }

  private func paper(_ chunk: Chunk) -> Role { chunk.record.number % 2 == 0 ? .chunkEven : .chunkOdd }
}
