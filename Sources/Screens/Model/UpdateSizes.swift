extension Model {
  /// Takes a border where the mouse went down on one. Returns false if there is none.
  mutating func takeBorder(_ pointer: Pointer, _ layout: Layout) -> Bool {
    dragged = layout.border(row: pointer.row, column: pointer.column)
    return dragged != nil
  }

  /// Moves the border that the mouse holds.
  mutating func drag(_ pointer: Pointer, _ layout: Layout) {
    guard let border = dragged, let rect = layout.rect(border) else { return }
    if border == .sockets {
      sizes.socketsWidth = pointer.column - rect.column
    } else {
      resize(border, by: rect.row - 1 - pointer.row, layout)
    }
  }

  /// One row more or less for the pane that has the keys.
  mutating func resizeFocus(by step: Int) {
    let layout = self.layout
    switch focus {
    case .sockets: if let rect = layout.sockets { sizes.socketsWidth = rect.width + 2 * step }
    case .bytes: resize(.bytes, by: step, layout)
    case .inspector: resize(.inspector, by: step, layout)
    case .lanes: resize(.lanes, by: step, layout)
    case .records: if let below = layout.stack.first { resize(below, by: -step, layout) }
    }
  }

  /// A pane grows upwards: what is above it shrinks.
  private mutating func resize(_ border: Layout.Border, by rows: Int, _ layout: Layout) {
    guard let rect = layout.rect(border), let place = layout.stack.firstIndex(of: border) else { return }
    let above = place > 0 ? layout.stack[place - 1] : nil
    let room = above.flatMap(layout.rect)?.height ?? layout.records.height
    let rows = min(max(rows, 2 - rect.height), room - (above == nil ? 4 : 2))
    sizes[border] = rect.height + rows
    if let above { sizes[above] = room - rows }
  }
}
