import Traffic

/// Cursors: each part has its own, and those of the table, the bytes and the lanes go together.
extension Model {
  /// Moves the cursor of the pane that has the keys.
  mutating func move(_ move: Move, _ journal: Journal) {
    let layout = self.layout
    switch window.focus {
    case .sockets where move == .last: table.follow()
    case .sockets: moveInList(move)
    case .lanes:
      if case .side(let count) = move { moveInLanes(by: count, journal) } else { fallthrough }
    case .records: table.take(move, source(journal), height: layout.tableRows)
    // A selection reaches to the end of what is there now, and does not grow with what comes.
    case .bytes where move != .last || bytes.anchor != nil:
      let page = max(1, (layout.bytes?.height ?? 2) - 1)
      moveInBytes(journal) { $0.take(move, $1, page: page) }
    case .inspector where move != .last:
      if case .side(let count) = move {
        table.take(.line(count), source(journal), height: layout.tableRows)
      } else {
        moveInInspector(move, journal)
      }
    case .lesson: moveInLesson(move)
    case .output: output.take(move, of: outputProgram, height: layout.output?.height ?? 1)
    case .bytes, .inspector:
      table.follow()
      window.focus = .records
    }
  }

  /// Changes the list; where another socket is selected then, the table begins anew with the newest of its records.
  mutating func changeList(_ change: (inout SocketList) -> Void) {
    let before = list.selection
    change(&list)
    if list.selection != before { table.restart() }
  }

  mutating func moveInList(_ move: Move) {
    let (sockets, page) = (sockets, max(1, (layout.sockets?.height ?? 2) - 1))
    changeList { $0.take(move, sockets, page: page) }
  }

  mutating func moveInInspector(_ move: Move, _ journal: Journal) {
    guard let rect = layout.inspector else { return }
    let inspection = Inspection(table.current, sockets, messages, journal, width: rect.width)
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
  /// - Parameter isCentred: what led to it and what followed are to be in view as well.
  mutating func go(to id: Item.ID, isCentred: Bool = false, _ journal: Journal) {
    guard let item = messages.item(id, journal) else { return }
    if case .socket(let socket) = list.selection, item.socket != socket {
      changeList { $0.select(.socket(item.socket)) }
    }
    table.go(to: id, isCentred: isCentred, source(journal), height: layout.tableRows)
  }

  /// Goes to a record of that place, or to the one next to it that is shown.
  mutating func go(to place: RecordPlace, _ journal: Journal) {
    let records = journal.extent.records.clamped(to: 0..<(frozen?.sequence ?? .max))
    guard let sequence = place.sequence(in: records) else {
      guard let last = records.last else { return say("there is no record yet") }
      return say("records \(Units.count(records.lowerBound)) to \(Units.count(last)) are held")
    }
    go(to: Item.ID(record: sequence), journal)
  }
}
