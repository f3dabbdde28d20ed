import Traffic

extension Model {
  mutating func take(_ pointer: Pointer, _ journal: Journal) -> [Effect] {
    if picker != nil { return takeInPicker(pointer, journal) }
    if pointer.act == .press, pointer.row == layout.bottomRow, prompt == nil, !showsHelp {
      let chord = KeyLine(model: self).chord(at: pointer.column, layout.keyArea)
      return chord.map { update(.key($0), journal) } ?? []
    }
    if pointer.act == .press, TitleBar(model: self).isHelp(row: pointer.row, column: pointer.column) {
      return keys.chord(.help).map { update(.key($0), journal) } ?? []
    }
    look(pointer, journal)
    return []
  }

  /// A click chooses an item, or closes the list beside it.
  private mutating func takeInPicker(_ pointer: Pointer, _ journal: Journal) -> [Effect] {
    guard let picker else { return [] }
    let pane = PickerPane(picker, self)
    switch pointer.act {
    case .wheelUp: return takeInPicker(Chord(.up), journal)
    case .wheelDown: return takeInPicker(Chord(.down), journal)
    case .press:
      if let place = pane.place(row: pointer.row, column: pointer.column) {
        self.picker?.place = place
        return takeInPicker(Chord(.enter), journal)
      }
      if !pane.contains(row: pointer.row, column: pointer.column) { self.picker = nil }
    case .drag, .release: break
    }
    return []
  }

  private mutating func look(_ pointer: Pointer, _ journal: Journal) {
    if showsHelp {
      switch pointer.act {
      case .wheelUp: helpTop = max(0, helpTop - 3)
      case .wheelDown: helpTop = min(helpTop + 3, HelpPane.lastTop(self))
      case .press: showsHelp = false
      case .release, .drag: break
      }
      return
    }
    let layout = self.layout
    let pane = layout.pane(row: pointer.row, column: pointer.column)
    switch pointer.act {
    case .wheelUp: wheel(-3, pane, journal)
    case .wheelDown: wheel(3, pane, journal)
    case .press:
      if takeBorder(pointer, layout) { return }
      if let pane { click(pane, pointer, layout, journal) }
    case .drag:
      if dragged == nil { dragByte(pointer, journal) } else { drag(pointer, layout) }
    case .release: (dragged, bytes.pressed) = (nil, nil)
    }
  }

  private mutating func wheel(_ count: Int, _ pane: Pane?, _ journal: Journal) {
    switch pane {
    case .sockets: moveInList(.line(count.signum()))
    case .bytes: moveByte(lines: count, journal)
    case .inspector: scrollInspector(by: count.signum(), journal)
    case .lanes: moveInLanes(by: count.signum(), journal)
    case .records, nil: table.scroll(by: count, source(journal), height: layout.tableRows)
    }
  }

  private mutating func click(_ pane: Pane, _ pointer: Pointer, _ layout: Layout, _ journal: Journal) {
    focus = pane
    switch pane {
    case .inspector: break
    case .lanes:
      guard let rect = layout.lanes, let subject = lanesSubject(journal) else { return }
      for (lanes, rect) in LanesLayout.parts(subject, lanes, in: rect) {
        let hit = lanes.item(row: pointer.row - rect.row, column: pointer.column - rect.column)
        if let hit { return go(to: hit, journal) }
      }
    case .sockets:
      let row = pointer.row - (layout.sockets?.row ?? 0)
      changeList { $0.select(row: row) }
    case .records:
      let place = (pointer.row - layout.records.row - 1) / layout.rowHeight
      if table.rows.indices.contains(place) {
        table.go(to: table.rows[place].id, source(journal), height: layout.tableRows)
      }
    case .bytes: if let rect = layout.bytes { pressByte(pointer, rect, journal) }
    }
  }
}
