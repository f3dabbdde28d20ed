import Traffic

/// How a line of the bytes pane is laid out: offset, hex, text.
struct BytesShape: Hashable, Sendable {
  private static let offsetWidth = 10
  /// For `… +64.0 KiB` behind a chunk that has no room.
  private static let moreWidth = 13

  /// Bytes in a full line; where a line is a chunk, the most there is room for.
  let bytesPerLine: Int
  let showsHex: Bool
  let showsText: Bool
  /// The text leaves room for a mark before each byte, or has no room and underlines the first byte of a chunk.
  let marksInText: Bool
  /// A line is a chunk, or the beginning of one.
  let isChunkLine: Bool
  /// Cells that the text of a line may take.
  let textWidth: Int

  init(width: Int, _ choices: BytesChoices = BytesChoices()) {
    let hex = choices.parts != .text
    let text = choices.parts != .hex
    showsHex = hex
    isChunkLine = choices.line == .chunk
    if choices.line == .chunk {
      let room = max(0, width - Self.offsetWidth - 1 - Self.moreWidth)
      // An escape takes up to four cells, but text has few of them; a line shows what both columns have room for.
      let cells = choices.reading == .escapes ? 2 : 1
      func fits(_ count: Int, text: Bool) -> Bool {
        HexLine.column(of: count - 1) + 2 + (text ? 2 + cells * count : 0) <= room
      }
      func most(text: Bool) -> Int { (1...max(1, room)).last { fits($0, text: text) } ?? 0 }
      let both = hex && text ? most(text: true) : 0
      showsText = text && (!hex || both >= 4)
      bytesPerLine = max(1, hex ? showsText ? both : most(text: false) : room)
      textWidth = hex ? cells * both : max(1, room)
      marksInText = false
      return
    }
    // Lines of equal length have room for the longest that their bytes could be.
    let cells = choices.reading == .escapes ? ByteEscape.longest : 1
    func fits(_ count: Int, marks: Bool) -> Bool {
      let hexWidth = hex ? HexLine.column(of: count - 1) + 2 + (text ? 2 : 0) : 0
      let textWidth = text ? (marks ? cells + 1 : cells) * count : 0
      return Self.offsetWidth + hexWidth + textWidth + 1 <= width
    }
    var wanted = [32, 16, 8]
    var chosen: Int?
    if case .bytes(let count) = choices.line { (wanted, chosen) = ([count], count) }
    if let count = wanted.first(where: { $0 > 8 && fits($0, marks: true) }) {
      (bytesPerLine, showsText, marksInText) = (count, text, true)
    } else if let count = wanted.first(where: { fits($0, marks: false) }) {
      (bytesPerLine, showsText, marksInText) = (count, text, fits(count, marks: true))
    } else {
      // Hex alone, and if even that finds no room it is cut at the edge.
      let count = chosen ?? (width >= Self.offsetWidth + HexLine.column(of: 7) + 3 ? 8 : 4)
      (bytesPerLine, showsText, marksInText) = (count, !hex, false)
    }
    textWidth = .max
  }

  /// Column of the offset of a line.
  var offsetColumn: Int { 1 }
  /// Column of a byte's first digit.
  func hexColumn(_ index: Int) -> Int { Self.offsetWidth + 1 + HexLine.column(of: index) }
  var textColumn: Int { showsHex ? hexColumn(bytesPerLine - 1) + 4 : hexColumn(0) }
  /// Column of what is said behind a chunk that has no room.
  var moreColumn: Int { showsText ? textColumn + textWidth + 1 : hexColumn(bytesPerLine - 1) + 3 }
}
