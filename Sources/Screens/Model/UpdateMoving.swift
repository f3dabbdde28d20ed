import Traffic

extension Model {
  mutating func step(by count: Int, _ journal: Journal) {
    switch focus {
    case .sockets: select(by: count)
    case .records, .lanes: table.move(by: count, source(journal), height: layout.tableRows)
    case .bytes: moveByte(lines: count, journal)
    case .inspector: scrollInspector(by: count, journal)
    }
  }

  mutating func scrollInspector(by count: Int, _ journal: Journal) {
    guard let rect = layout.inspector else { return }
    let reach = InspectorPane(model: self, journal: journal).reach(rect)
    inspectorTop = min(max(0, inspectorTop + count), reach)
  }

  mutating func sidestep(by count: Int, _ journal: Journal) {
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
    case .records, .inspector: break
    case .bytes: moveByte(by: Int64(count), journal)
    case .lanes: moveInLanes(by: count, journal)
    }
  }

  mutating func moveInLanes(by step: Int, _ journal: Journal) {
    guard let rect = layout.lanes,
      let lanes = LanesView(self, journal, width: rect.width, height: rect.height),
      let sequence = lanes.neighbor(of: table.cursor, by: step)
    else { return }
    go(to: sequence, journal)
  }

  /// Goes to a record; a socket that the table does not show is selected first.
  mutating func go(to sequence: Int, _ journal: Journal) {
    guard let record = journal.records(in: sequence..<sequence + 1).first?.record else { return }
    if case .socket(let socket) = selection, record.socket != socket { select(.socket(record.socket)) }
    table.go(to: sequence, source(journal), height: layout.tableRows)
  }

  mutating func page(by count: Int, _ journal: Journal) {
    let layout = self.layout
    switch focus {
    case .sockets: select(by: count * max(1, (layout.sockets?.height ?? 2) - 1))
    case .records, .lanes:
      table.move(by: count * max(1, layout.tableRows - 1), source(journal), height: layout.tableRows)
    case .bytes: moveByte(lines: count * max(1, (layout.bytes?.height ?? 2) - 1), journal)
    case .inspector: scrollInspector(by: count * max(1, (layout.inspector?.height ?? 2) - 1), journal)
    }
  }

  mutating func goFirst(_ journal: Journal) {
    switch focus {
    case .sockets: select(.all)
    case .records, .lanes:
      if let first = source(journal).rows(from: 0, count: 1).first {
        table.go(to: first.sequence, source(journal), height: layout.tableRows)
      }
    case .bytes: moveByte(to: 0, journal)
    case .inspector: inspectorTop = 0
    }
  }

  mutating func goLast(_ journal: Journal) {
    // A selection reaches to the end of what is there now, and does not grow with what comes.
    if focus == .bytes, bytes.anchor != nil {
      moveByte(to: .max, journal)
      return
    }
    table.follows = true
    if focus == .bytes || focus == .inspector { focus = .records }
  }
}
