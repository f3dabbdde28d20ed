import Traffic

/// Finds what stands in the lines of the bytes pane; it costs what is on screen, not what was recorded.
struct BytesLines: Sendable {
  let stream: ByteStream
  let shape: BytesShape
  let reading: BytesChoices.Reading

  /// The lines from an offset on.
  /// - Parameters:
  ///   - height: the most lines.
  ///   - scrolled: where lines are chunks: the byte at which the line that holds it begins.
  func lines(from top: Int64, height: Int, scrolled: Int64) -> [BytesLine] {
    let length = stream.length
    if height <= 0 || top >= length { return [] }
    if shape.isChunkLine {
      return stream.chunks(in: top..<length, limit: height).map { line($0, scrolled: scrolled) }
    }
    let page = cells(top..<min(length, top + Int64(height * shape.bytesPerLine)))
    return stride(from: 0, to: page.count, by: shape.bytesPerLine).map {
      BytesLine(page[$0..<min($0 + shape.bytesPerLine, page.count)], shape)
    }
  }

  /// The line of a chunk, from its beginning or from a byte in it.
  func line(_ chunk: Chunk, scrolled: Int64) -> BytesLine {
    let isScrolled = chunk.range.contains(scrolled) && scrolled > chunk.range.lowerBound
    let start = isScrolled ? scrolled : chunk.range.lowerBound
    let end = min(chunk.range.upperBound, start + Int64(shape.bytesPerLine))
    var line = BytesLine(cells(of: chunk, start..<end), shape)
    line.isScrolled = isScrolled
    return line
  }

  /// The first byte of the line that shows as much as it can of a chunk before a byte, and that byte.
  func start(ofLineEndingAt offset: Int64, _ chunk: Chunk) -> Int64 {
    let first = max(chunk.range.lowerBound, offset - Int64(shape.bytesPerLine) + 1)
    if !shape.showsText { return first }
    var room = shape.textWidth
    for cell in cells(of: chunk, first..<offset + 1).reversed() {
      room -= cell.textWidth
      if room < 0 { return min(offset, cell.offset + 1) }
    }
    return first
  }

  private func cells(_ page: Range<Int64>) -> [BytesLine.Cell] {
    var cells = page.map { offset in
      BytesLine.Cell(offset: offset, isFirst: false, glyphs: [Self.gone])
    }
    for chunk in stream.chunks(in: page, limit: page.count) {
      let part = chunk.range.clamped(to: page)
      let start = Int(part.lowerBound - page.lowerBound)
      cells.replaceSubrange(start..<start + part.count, with: self.cells(of: chunk, part))
    }
    return cells
  }

  private func cells(of chunk: Chunk, _ part: Range<Int64>) -> [BytesLine.Cell] {
    // Text is read from a little before, so that a character cut by the page's edge stays whole.
    let from = Int(max(0, part.lowerBound - chunk.range.lowerBound - 3))
    let to = Int(min(chunk.range.upperBound, part.upperBound + 3) - chunk.range.lowerBound)
    let bytes = stream.journal.payload(of: chunk.record, in: from..<to)
    let entries = bytes.map(decode) ?? []
    return part.map { offset in
      let index = Int(offset - chunk.range.lowerBound) - from
      let byte = bytes.flatMap { index < $0.count ? $0[index] : nil }
      var cell = BytesLine.Cell(
        offset: offset, byte: byte, chunk: chunk, isFirst: offset == chunk.range.lowerBound && offset > 0,
        glyphs: [Self.gone])
      if let byte {
        cell.glyphs = glyphs(byte, index < entries.count ? entries[index] : nil)
        if reading == .escapes { cell.textWidth = cell.glyphs.count }
      }
      return cell
    }
  }

  private static let gone = Glyph("·")

  private func decode(_ bytes: [UInt8]) -> [DecodedBytes.Entry] {
    switch reading {
    case .utf8: DecodedBytes.utf8(bytes)
    case .latin1: DecodedBytes.latin1(bytes)
    case .ascii, .escapes: DecodedBytes.ascii(bytes)
    }
  }

  private func glyphs(_ byte: UInt8, _ entry: DecodedBytes.Entry?) -> [Glyph] {
    if reading == .escapes { return SafeText.glyphs(ByteEscape.text(byte)) }
    guard let entry, byte >= 0x80, !entry.glyph.isReplacement else { return [Glyph(byte: byte)] }
    if entry.place == 0 { return [entry.glyph] }
    return entry.place < entry.glyph.width ? [] : [Glyph(" ")]
  }
}
