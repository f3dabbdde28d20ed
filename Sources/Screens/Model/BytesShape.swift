import Traffic

/// How a line of the bytes pane is laid out: offset, hex, text.
struct BytesShape: Hashable, Sendable {
  private static let offsetWidth = 10

  let bytesPerLine: Int
  let showsHex: Bool
  let showsText: Bool
  /// The text leaves room for a mark before each byte, or has no room and underlines the first byte of a chunk.
  let marksInText: Bool

  init(width: Int, _ choices: BytesChoices = BytesChoices()) {
    let hex = choices.parts != .text
    let text = choices.parts != .hex
    func fits(_ count: Int, marks: Bool) -> Bool {
      let hexWidth = hex ? HexLine.column(of: count - 1) + 2 + (text ? 2 : 0) : 0
      let textWidth = text ? marks ? 2 * count : count : 0
      return Self.offsetWidth + hexWidth + textWidth + 1 <= width
    }
    showsHex = hex
    let wanted = choices.perLine.map { [$0] } ?? [32, 16, 8]
    if let count = wanted.first(where: { $0 > 8 && fits($0, marks: true) }) {
      (bytesPerLine, showsText, marksInText) = (count, text, true)
    } else if let count = wanted.first(where: { fits($0, marks: false) }) {
      (bytesPerLine, showsText, marksInText) = (count, text, fits(count, marks: true))
    } else {
      // Hex alone, and if even that finds no room it is cut at the edge.
      let count = choices.perLine ?? (width >= Self.offsetWidth + HexLine.column(of: 7) + 3 ? 8 : 4)
      (bytesPerLine, showsText, marksInText) = (count, !hex, false)
    }
  }

  /// Column of the offset of a line.
  var offsetColumn: Int { 1 }
  /// Column of a byte's first digit.
  func hexColumn(_ index: Int) -> Int { Self.offsetWidth + 1 + HexLine.column(of: index) }
  var textColumn: Int { showsHex ? hexColumn(bytesPerLine - 1) + 4 : hexColumn(0) }

  /// The byte whose digits, or the blank before them, stand in a column.
  func index(atHexColumn column: Int) -> Int? {
    guard showsHex else { return nil }
    return (0..<bytesPerLine).first { column >= hexColumn($0) - 1 && column <= hexColumn($0) + 1 }
  }
}
