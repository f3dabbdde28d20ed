import Traffic

/// An item in its lane, laid out.
struct LaneBox: Sendable {
  /// How it is told.
  enum Form: Hashable, Sendable {
    /// By its label, in a frame if bytes were moved.
    case whole
    /// By a mark, in one cell.
    case mark
    /// By the mark and the label.
    case markedText
    /// It shares its cell with others.
    case crowd
  }

  var lane: Int
  var start: Int
  var width: Int
  var item: Item.ID
  var label: BoxLabel
  var form = Form.whole
  /// The left and the right edge are those of the chunk, and not of the pane.
  var hasStart = true
  var hasEnd = true

  var text: String {
    switch form {
    case .whole: label.isFramed ? framed : label.text
    case .mark: label.mark
    case .markedText: label.markedText ?? label.mark
    case .crowd: String(repeating: "█", count: width)
    }
  }

  /// `▐━━ 10 ━━▌`, or what of it fits.
  private var framed: String {
    if width == 1 { return hasStart ? "▌" : "━" }
    let left = hasStart ? "▐" : "━"
    let right = hasEnd ? "▌" : "━"
    let room = width - 2
    let digits = label.text
    if digits.count > room { return left + String(repeating: "━", count: room) + right }
    let words = room >= digits.count + 4 ? " \(digits) " : digits
    let before = (room - words.count) / 2
    return left + String(repeating: "━", count: before) + words
      + String(repeating: "━", count: room - words.count - before) + right
  }
}
