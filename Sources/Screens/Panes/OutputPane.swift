import Traffic

/// Draws what watched programs wrote, the newest at the bottom.
struct OutputPane {
  let model: Model

  func draw(on canvas: Canvas, in rect: Rect) {
    let program = model.outputProgram
    let names = program == nil && model.programs.count > 1
    let margin = names ? min(rect.width / 4, model.programs.map { nameWidth($0) }.max() ?? 0) + 2 : 0
    let rows = rows(of: program, width: max(1, rect.width - 2 - margin), height: rect.height)
    if rows.isEmpty {
      canvas.put(
        "nothing was read yet; a program that was attached to (--pid) keeps what it writes", row: rect.row,
        column: rect.column + 1, style: Style(.muted), clip: rect)
    }
    for (index, piece) in rows.enumerated() {
      let row = rect.row + index
      if names, piece.isFirst {
        canvas.put(
          model.sockets.name(piece.line.program).fitted(to: margin - 2), row: row, column: rect.column + 1,
          style: Style(.muted), clip: rect)
      }
      canvas.put(
        String(String.UnicodeScalarView(piece.text)), row: row, column: rect.column + 1 + margin,
        style: Style(role(piece.line.stream)), clip: rect)
    }
  }

  private struct Piece {
    var line: OutputLine
    var text: ArraySlice<Unicode.Scalar>
    var isFirst: Bool
  }

  /// What finds room, up to the line that is to be the last.
  private func rows(of program: SocketID?, width: Int, height: Int) -> [Piece] {
    var rows: [Piece] = []
    let last = model.output.bottom ?? .max
    for number in model.output.numbers(of: program).reversed() where number <= last {
      let line = model.output.line(number)
      let pieces = line.rows(width: width)
      for (index, text) in pieces.enumerated().reversed() {
        rows.append(Piece(line: line, text: text, isFirst: index == 0))
      }
      if rows.count >= height { break }
    }
    return rows.prefix(height).reversed()
  }

  private func nameWidth(_ program: SocketID) -> Int { SafeText.width(model.sockets.name(program)) }

  private func role(_ stream: OutputStream) -> Role {
    switch stream {
    case .terminal, .output: .text
    case .error: .warning
    }
  }
}
