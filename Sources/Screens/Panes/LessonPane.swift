import Traffic

/// Draws what a lesson says.
struct LessonPane {
  let model: Model

  func draw(on canvas: Canvas, in rect: Rect) {
    guard let lesson = model.lesson, let page = model.lessonPage else { return }
    for (index, line) in page.lines.dropFirst(lesson.top).prefix(rect.height).enumerated() {
      var column = rect.column + 1
      for span in line.spans {
        column = canvas.put(
          span.text, row: rect.row + index, column: column, style: Style(span.role), clip: rect)
      }
    }
  }

  /// What stands at the end of the title.
  func more(in rect: Rect) -> String {
    guard let lesson = model.lesson, let page = model.lessonPage else { return "" }
    return lesson.below(page: rect.height, lines: page.lines.count) > 0 ? " ↓ more " : ""
  }
}
