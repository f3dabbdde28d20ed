import Traffic

/// A line that a watched program wrote.
struct OutputLine: Sendable, Equatable {
  let program: SocketID
  let stream: OutputStream
  var text: [Unicode.Scalar] = []
  /// A newline has come.
  var isOver = false

  /// As many pieces as it takes in lines of a width.
  func rows(width: Int) -> [ArraySlice<Unicode.Scalar>] {
    var rows: [ArraySlice<Unicode.Scalar>] = []
    var (start, used) = (text.startIndex, 0)
    for (index, scalar) in text.enumerated() {
      let cells = Glyph(scalar).width
      if used + cells > width, index > start {
        rows.append(text[start..<index])
        (start, used) = (index, 0)
      }
      used += cells
    }
    return rows + [text[start...]]
  }
}
