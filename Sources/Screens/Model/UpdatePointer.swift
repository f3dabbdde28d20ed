import Traffic

extension Model {
  mutating func take(_ pointer: Pointer, _ journal: Journal) -> [Effect] {
    if pointer.act == .press {
      let lines = [KeyLine(self), KeyLine(burstOf: self)].compactMap { $0 }
      let chord = lines.lazy.compactMap { $0.chord(row: pointer.row, column: pointer.column) }.first
      // A click on an answer is one, whatever was typed before.
      if chord != nil, case .leaving? = overlay { overlay = .leaving(Leaving()) }
      if let chord { return update(.key(chord), journal) }
      if pointer.row == layout.bottomRow { return [] }
    }
    switch overlay {
    case .picker(let picker): return take(pointer, in: picker, journal)
    case .leaving: return []
    case .statistics(let statistics): return take(pointer, in: statistics)
    case .compare(let compare):
      switch pointer.act {
      case .wheelUp: take(.line(-3), in: compare)
      case .wheelDown: take(.line(3), in: compare)
      case .press: take(nil, in: compare)
      case .release, .drag: break
      }
      return []
    case .shake:
      takeInShake(pointer)
      return []
    case .trials:
      takeInTrials(pointer)
      return []
    case .help, .prompt, nil: break
    }
    if pointer.act == .press, helpWord.area.contains(row: pointer.row, column: pointer.column) {
      return keys.chord(.help).map { update(.key($0), journal) } ?? []
    }
    if case .help(let help) = overlay { take(pointer, in: help) } else { look(pointer, journal) }
    if overlay == nil, pointer.act == .press, window.focus == .lesson {
      return clickInLesson(row: pointer.row)
    }
    return []
  }

  private mutating func take(_ pointer: Pointer, in help: Help) {
    switch pointer.act {
    case .wheelUp: take(.line(-3), in: help)
    case .wheelDown: take(.line(3), in: help)
    case .press: overlay = nil
    case .release, .drag: break
    }
  }

  private mutating func take(_ pointer: Pointer, in statistics: StatisticsState) -> [Effect] {
    switch pointer.act {
    case .wheelUp: take(.line(-3), in: statistics)
    case .wheelDown: take(.line(3), in: statistics)
    case .press: take(nil, in: statistics)
    case .release, .drag: []
    }
  }

  private mutating func look(_ pointer: Pointer, _ journal: Journal) {
    let layout = self.layout
    let pane = layout.pane(row: pointer.row, column: pointer.column)
    switch pointer.act {
    case .wheelUp: wheel(-3, pane, journal)
    case .wheelDown: wheel(3, pane, journal)
    case .press:
      if window.press(pointer, layout) { return }
      if let pane { click(pane, pointer, layout, journal) }
    case .drag:
      if !window.drag(pointer, layout), let rect = layout.bytes {
        let (row, column) = (pointer.row - rect.row, pointer.column - rect.column)
        moveInBytes(journal) { $0.drag(row: row, column: column, $1, height: rect.height) }
      }
    case .release:
      window.release()
      bytes.pressed = nil
    }
  }

  private mutating func wheel(_ count: Int, _ pane: Pane?, _ journal: Journal) {
    switch pane {
    case .sockets: moveInList(.line(count.signum()))
    case .bytes: moveInBytes(journal) { $0.take(.line(count), $1, page: 1) }
    case .inspector: moveInInspector(.line(count.signum()), journal)
    case .lanes: moveInLanes(by: count.signum(), journal)
    case .output: output.take(.line(count), of: outputProgram, height: layout.output?.height ?? 1)
    case .lesson: moveInLesson(.line(count))
    case .records, nil: table.scroll(by: count, source(journal))
    }
  }

  private mutating func click(_ pane: Pane, _ pointer: Pointer, _ layout: Layout, _ journal: Journal) {
    window.focus = pane
    switch pane {
    case .inspector, .output, .lesson: break
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
    case .bytes:
      guard let rect = layout.bytes else { return }
      let (row, column) = (pointer.row - rect.row, pointer.column - rect.column)
      moveInBytes(journal) { $0.press(row: row, column: column, $1, height: rect.height) }
    }
  }
}
