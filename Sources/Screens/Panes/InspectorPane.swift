import Traffic

/// Draws what explains the item under the cursor.
struct InspectorPane {
  private let lines: [Inspection.Line]
  private let top: Int
  private let rect: Rect

  init(model: Model, journal: Journal, rect: Rect) {
    let inspection = Inspection(
      model.table.current, model.sockets, model.messages, journal, width: rect.width)
    lines = inspection.lines
    top = min(model.inspector.top, inspection.reach(height: rect.height))
    self.rect = rect
  }

  func draw(on canvas: Canvas) {
    let start = rect.column + 2 + Inspection.labelWidth
    for (index, line) in lines.dropFirst(top).prefix(rect.height).enumerated() {
      let row = rect.row + index
      canvas.put(
        line.label.fitted(to: Inspection.labelWidth), row: row, column: rect.column + 1, style: Style(.muted),
        clip: rect)
      canvas.put(line.text, row: row, column: start, style: Style(line.role), clip: rect)
      if let arrival = line.arrival {
        canvas.put("▼", row: row, column: start + arrival, style: Style(.chunkEdge), clip: rect)
      }
    }
  }

  /// What the title says of what is out of view: ` ↑ ↓ more `; empty if all is seen.
  /// - Parameter key: leads to the inspector, where it has not the keys.
  func more(behind key: String?) -> String {
    let arrows = [top > 0 ? "↑" : nil, lines.count - top > rect.height ? "↓" : nil].compactMap { $0 }
    if arrows.isEmpty { return "" }
    let keys = ([key].compactMap { $0 } + arrows).joined(separator: " ")
    return " \(keys) more "
  }
}
