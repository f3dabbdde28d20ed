import Traffic

extension Model {
  /// Takes in what happened. Returns what is to be done outside.
  public mutating func update(_ message: Message, _ journal: Journal) -> [Effect] {
    var effects: [Effect] = []
    switch message {
    case .key(let chord):
      notice = nil
      effects = take(chord, journal)
    case .pointer(let pointer): take(pointer, journal)
    case .paste(let text): if picker == nil { takePaste(text) }
    case .resized(let rows, let columns): (self.rows, self.columns) = (rows, columns)
    case .journalChanged: break
    case .kernelState(let state): kernelState = watched.flatMap { id in state.map { (id, $0) } }
    case .answered(let error): notice = error.map { Notice(kind: .error, text: $0) } ?? notice
    }
    settle(journal)
    return effects
  }

  private mutating func take(_ chord: Chord, _ journal: Journal) -> [Effect] {
    if prompt != nil { return takeInPrompt(chord) }
    if picker != nil { return takeInPicker(chord, journal) }
    guard let action = keys.action(chord) else {
      notice = Notice(kind: .note, text: "\(chord.label) does nothing here; ? shows the keys")
      return []
    }
    if showsHelp { return takeInHelp(action) }
    if let obstacle = obstacle(action) {
      notice = Notice(kind: .note, text: "\(action.word): \(obstacle)")
      return []
    }
    return perform(action, journal)
  }

  mutating func perform(_ action: Action, _ journal: Journal) -> [Effect] {
    switch action {
    case .quit: return [.quit]
    case .suspend: return [.suspend]
    case .redraw: return [.redraw]
    case .help: (showsHelp, helpTop) = (true, 0)
    case .commandPrompt: prompt = Prompt(.command)
    case .sendPrompt: if let target = sendTarget { prompt = Prompt(.send(sockets.name(target))) }
    case .nextPane: focusPane(by: 1)
    case .previousPane: focusPane(by: -1)
    case .nextSocket: select(by: 1)
    case .previousSocket: select(by: -1)
    case .up: step(by: -1, journal)
    case .down: step(by: 1, journal)
    case .left: sidestep(by: -1, journal)
    case .right: sidestep(by: 1, journal)
    case .pageUp: page(by: -1, journal)
    case .pageDown: page(by: 1, journal)
    case .first: goFirst(journal)
    case .follow: goLast()
    case .choose: choose()
    case .cancel: cancel()
    case .inspector: showsInspector.toggle()
    case .lanes: (lanesMode, lanesZoom) = (lanesMode.following, 0)
    case .zoomIn: lanesZoom += 1
    case .zoomOut: lanesZoom -= 1
    case .time: timeMode = timeMode.following
    case .freeze: toggleFreeze(journal)
    case .filter: filter = filter.following
    case .copy: picker = copyPicker
    case .palette: picker = palette
    case .bytesParts: choices.parts = choices.parts.following
    case .bytesReading: choices.reading = choices.reading.following
    case .bytesWidth: choices.perLine = BytesChoices.widths.first { $0 > choices.perLine ?? 0 }
    case .mark: (markTime, timeMode) = (cursorRecord?.record.end, .mark)
    case .pauseReceiving, .receiveOnce, .endSending, .close, .reset: return command(action)
    }
    return []
  }

  /// The commands that have a key of their own.
  private func command(_ action: Action) -> [Effect] {
    guard let subject, let info = sockets.info(subject) else { return [] }
    switch action {
    case .pauseReceiving: return [.perform(info.policy.isPaused ? .resume(info.name) : .suspend(info.name))]
    case .receiveOnce: return [.perform(.recv(info.name, size: nil, flags: nil))]
    case .endSending: return [.perform(.shutdown(info.name, .write))]
    case .close: return [.perform(.close(info.name, isReset: false))]
    case .reset: return [.perform(.close(info.name, isReset: true))]
    case .help, .quit, .suspend, .redraw, .commandPrompt, .sendPrompt, .nextPane, .previousPane, .nextSocket,
      .previousSocket, .up, .down, .left, .right, .pageUp, .pageDown, .first, .follow, .choose, .cancel,
      .inspector, .lanes, .zoomIn, .zoomOut, .time, .freeze, .filter, .copy, .palette, .bytesParts,
      .bytesReading, .bytesWidth, .mark:
      return []
    }
  }

  private mutating func takeInHelp(_ action: Action) -> [Effect] {
    switch action {
    case .quit: return [.quit]
    case .suspend: return [.suspend]
    case .redraw: return [.redraw]
    case .up: helpTop = max(0, helpTop - 1)
    case .down: helpTop += 1
    case .pageUp: helpTop = max(0, helpTop - layout.records.height)
    case .pageDown: helpTop += layout.records.height
    case .first: helpTop = 0
    case .help, .commandPrompt, .sendPrompt, .nextPane, .previousPane, .nextSocket, .previousSocket, .left,
      .right, .follow, .choose, .cancel, .inspector, .lanes, .zoomIn, .zoomOut, .time, .freeze, .filter,
      .copy, .palette, .bytesParts, .bytesReading, .bytesWidth, .mark,
      .pauseReceiving, .receiveOnce,
      .endSending, .close, .reset:
      showsHelp = false
    }
    helpTop = min(helpTop, max(0, HelpPane.lines(self).count - 1))
    return []
  }

  private mutating func toggleFreeze(_ journal: Journal) {
    if frozenAt == nil {
      frozenAt = journal.extent.records.upperBound
      if table.follows { table.follows = false }
    } else {
      frozenAt = nil
    }
  }

  // MARK: Sockets

  private mutating func focusPane(by step: Int) {
    let layout = self.layout
    let panes = Pane.allCases.filter {
      switch $0 {
      case .sockets, .records: true
      case .bytes: layout.bytes != nil
      case .lanes: layout.lanes != nil
      }
    }
    let place = panes.firstIndex(of: focus) ?? 0
    focus = panes[(place + step + panes.count) % panes.count]
  }

  mutating func select(by step: Int) {
    let lines = sockets.lines(folded: folded)
    let place = lines.firstIndex { $0.selection == selection } ?? 0
    select(lines[min(max(0, place + step), lines.count - 1)].selection)
  }

  mutating func select(_ next: Selection) {
    guard next != selection else { return }
    selection = next
    table = TableState()
    if frozenAt != nil { table.follows = true }
  }

  private mutating func choose() {
    switch focus {
    case .sockets: focus = .records
    case .records: if layout.bytes != nil { focus = .bytes } else { showsInspector.toggle() }
    case .bytes, .lanes: focus = .records
    }
  }

  private mutating func cancel() {
    if showsInspector { showsInspector = false } else { focus = .records }
  }

  // MARK: Moving

  private mutating func step(by count: Int, _ journal: Journal) {
    switch focus {
    case .sockets: select(by: count)
    case .records, .lanes: table.move(by: count, source(journal), height: layout.tableRows)
    case .bytes: moveByte(by: Int64(count * bytes.shape.bytesPerLine), journal)
    }
  }

  private mutating func sidestep(by count: Int, _ journal: Journal) {
    switch focus {
    case .sockets:
      guard case .socket(let socket) = selection else { return }
      if count > 0 {
        folded.remove(socket)
      } else if let parent = sockets.info(socket)?.parent {
        select(.socket(parent))
      } else {
        folded.insert(socket)
      }
    case .records: break
    case .bytes: moveByte(by: Int64(count), journal)
    case .lanes: moveInLanes(by: count, journal)
    }
  }

  private mutating func moveInLanes(by step: Int, _ journal: Journal) {
    guard let rect = layout.lanes,
      let lanes = LanesView(self, journal, width: rect.width, height: rect.height),
      let sequence = lanes.neighbor(of: table.cursor, by: step)
    else { return }
    go(to: sequence, journal)
  }

  /// Goes to a record; a socket that the table does not show is selected first.
  private mutating func go(to sequence: Int, _ journal: Journal) {
    guard let record = journal.records(in: sequence..<sequence + 1).first?.record else { return }
    if case .socket(let socket) = selection, record.socket != socket { select(.socket(record.socket)) }
    table.go(to: sequence, source(journal), height: layout.tableRows)
  }

  private mutating func page(by count: Int, _ journal: Journal) {
    let layout = self.layout
    switch focus {
    case .sockets: select(by: count * max(1, (layout.sockets?.height ?? 2) - 1))
    case .records, .lanes:
      table.move(by: count * max(1, layout.tableRows - 1), source(journal), height: layout.tableRows)
    case .bytes:
      let lines = max(1, (layout.bytes?.height ?? 2) - 1)
      moveByte(by: Int64(count * lines * bytes.shape.bytesPerLine), journal)
    }
  }

  private mutating func goFirst(_ journal: Journal) {
    switch focus {
    case .sockets: select(.all)
    case .records, .lanes:
      if let first = source(journal).rows(from: 0, count: 1).first {
        table.go(to: first.sequence, source(journal), height: layout.tableRows)
      }
    case .bytes: moveByte(to: 0, journal)
    }
  }

  private mutating func goLast() {
    table.follows = true
    if focus == .bytes { focus = .records }
  }

  private mutating func moveByte(by count: Int64, _ journal: Journal) {
    moveByte(to: bytes.cursor + count, journal)
  }

  /// Puts the byte cursor somewhere; the table's cursor goes to the chunk that the byte belongs to.
  mutating func moveByte(to offset: Int64, _ journal: Journal) {
    guard bytes.socket != .none else { return }
    let stream = ByteStream(journal, socket: bytes.socket, direction: bytes.direction)
    let offset = min(max(0, offset), stream.length - 1)
    guard offset >= 0, let chunk = stream.chunk(at: offset) else { return }
    bytes.cursor = offset
    bytes.selected = chunk.range
    table.go(to: chunk.sequence, source(journal), height: layout.tableRows)
  }

  // MARK: Mouse

  private mutating func take(_ pointer: Pointer, _ journal: Journal) {
    if picker != nil {
      if pointer.act == .press { picker = nil }
      return
    }
    if showsHelp {
      switch pointer.act {
      case .wheelUp: helpTop = max(0, helpTop - 3)
      case .wheelDown: helpTop = min(helpTop + 3, max(0, HelpPane.lines(self).count - 1))
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
    case .press: if let pane { click(pane, pointer, layout, journal) }
    case .release, .drag: break
    }
  }

  private mutating func wheel(_ count: Int, _ pane: Pane?, _ journal: Journal) {
    switch pane {
    case .sockets: select(by: count.signum())
    case .bytes: moveByte(by: Int64(count * bytes.shape.bytesPerLine), journal)
    case .records, .lanes, nil: table.scroll(by: count, source(journal), height: layout.tableRows)
    }
  }

  private mutating func click(_ pane: Pane, _ pointer: Pointer, _ layout: Layout, _ journal: Journal) {
    focus = pane
    switch pane {
    case .lanes:
      guard let rect = layout.lanes else { return }
      let lanes = LanesView(self, journal, width: rect.width, height: rect.height)
      let hit = lanes?.sequence(row: pointer.row - rect.row, column: pointer.column - rect.column)
      if let hit { go(to: hit, journal) }
    case .sockets:
      let lines = sockets.lines(folded: folded)
      let place = listTop + pointer.row - (layout.sockets?.row ?? 0)
      if lines.indices.contains(place) { select(lines[place].selection) }
    case .records:
      let place = pointer.row - layout.records.row - 1
      if table.rows.indices.contains(place) {
        table.go(to: table.rows[place].sequence, source(journal), height: layout.tableRows)
      }
    case .bytes:
      guard let rect = layout.bytes else { return }
      let line = bytes.top + Int64((pointer.row - rect.row) * bytes.shape.bytesPerLine)
      if let index = bytes.shape.index(atHexColumn: pointer.column - rect.column) {
        moveByte(to: line + Int64(index), journal)
      }
    }
  }
}
