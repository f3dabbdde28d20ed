import Traffic

/// How a line of the bytes pane is laid out: offset, hex, text.
struct BytesShape: Hashable, Sendable {
  private static let offsetWidth = 10

  let bytesPerLine: Int
  /// The text leaves room for a mark before each byte, or has no room and underlines the first byte of a chunk.
  let marksInText: Bool
  let showsText: Bool

  init(width: Int) {
    func hexWidth(_ count: Int) -> Int { HexLine.column(of: count - 1) + 2 }
    func fits(_ count: Int, text: Int) -> Bool { Self.offsetWidth + hexWidth(count) + 2 + text + 1 <= width }
    if let count = [32, 16].first(where: { fits($0, text: 2 * $0) }) {
      (bytesPerLine, marksInText, showsText) = (count, true, true)
    } else if let count = [16, 8].first(where: { fits($0, text: $0) }) {
      (bytesPerLine, marksInText, showsText) = (count, false, true)
    } else {
      (bytesPerLine, marksInText, showsText) = (width >= Self.offsetWidth + hexWidth(8) ? 8 : 4, false, false)
    }
  }

  /// Column of the offset of a line.
  var offsetColumn: Int { 1 }
  /// Column of a byte's first digit.
  func hexColumn(_ index: Int) -> Int { Self.offsetWidth + 1 + HexLine.column(of: index) }
  var textColumn: Int { hexColumn(bytesPerLine - 1) + 4 }

  /// The byte whose digits, or the blank before them, stand in a column.
  func index(atHexColumn column: Int) -> Int? {
    (0..<bytesPerLine).first { column >= hexColumn($0) - 1 && column <= hexColumn($0) + 1 }
  }
}
