import Reports
import Traffic

/// Draws the run beside one that was recorded.
struct ComparePane {
  let state: CompareState

  func draw(on canvas: Canvas, in rect: Rect) {
    canvas.fill(rect, style: .text)
    for (index, line) in state.lines.dropFirst(state.top).prefix(rect.height).enumerated() {
      var column = rect.column + 1
      for span in line {
        column = canvas.put(
          span.text, row: rect.row + index, column: column, style: Style(Self.role(span.shade)), clip: rect)
      }
    }
    if state.lines.count - state.top > rect.height {
      canvas.put(
        " ↓ more ", row: rect.rows.upperBound, before: rect.columns.upperBound - 1, style: Style(.key))
    }
  }

  private static func role(_ shade: CompareText.Shade) -> Role {
    switch shade {
    case .plain: .text
    case .strong: .strong
    case .same: .received
    case .different: .warning
    }
  }
}
