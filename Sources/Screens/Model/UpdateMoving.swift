import Traffic

extension Model {
  /// Moves the cursor of the pane that has the keys.
  mutating func move(_ move: Move, _ journal: Journal) {
    let layout = self.layout
    switch focus {
    case .sockets: if move == .last { table.follow() } else { moveInList(move) }
    case .records: table.take(move, source(journal), height: layout.tableRows)
    case .lanes:
      if case .side(let count) = move {
        moveInLanes(by: count, journal)
      } else {
        table.take(move, source(journal), height: layout.tableRows)
      }
    case .bytes: moveInBytes(move, layout, journal)
    case .inspector:
      if move == .last {
        table.follow()
        focus = .records
      } else {
        moveInInspector(move, journal)
      }
    }
  }

  private mutating func moveInBytes(_ move: Move, _ layout: Layout, _ journal: Journal) {
    switch move {
    case .line(let count): moveByte(lines: count, journal)
    case .page(let count): moveByte(lines: count * max(1, (layout.bytes?.height ?? 2) - 1), journal)
    case .side(let count): moveByte(by: Int64(count), journal)
    case .first: moveByte(to: 0, journal)
    case .last:
      // A selection reaches to the end of what is there now, and does not grow with what comes.
      if bytes.anchor != nil {
        moveByte(to: .max, journal)
      } else {
        table.follow()
        focus = .records
      }
    }
  }

  mutating func moveInInspector(_ move: Move, _ journal: Journal) {
    guard let rect = layout.inspector else { return }
    let inspection = Inspection(table.current, sockets, journal, width: rect.width)
    inspector.take(move, inspection, height: rect.height)
  }

  mutating func moveInLanes(by step: Int, _ journal: Journal) {
    guard let rect = layout.lanes, let subject = lanesSubject(journal),
      let lanes = LanesLayout(subject, lanes, width: rect.width, height: rect.height),
      let neighbor = lanes.neighbor(of: table.cursor, by: step)
    else { return }
    go(to: neighbor, journal)
  }

  /// Goes to an item; a socket that the table does not show is selected first.
  mutating func go(to id: Item.ID, _ journal: Journal) {
    guard let item = journal.item(id) else { return }
    if case .socket(let socket) = list.selection, item.socket != socket {
      changeList { $0.select(.socket(item.socket)) }
    }
    table.go(to: id, source(journal), height: layout.tableRows)
  }
}
