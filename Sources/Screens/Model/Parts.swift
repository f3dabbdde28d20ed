import Traffic

/// What one part of the model needs of the others.
extension Model {
  var layout: Layout { layout(showsOutput: output.isShown, wantsLanes: lanes.standForBytes) }

  /// The same with the lanes in place of the bytes, where there is room for one of them.
  var layoutWithLanes: Layout { layout(showsOutput: output.isShown, wantsLanes: true) }

  private func layout(showsOutput: Bool, wantsLanes: Bool) -> Layout {
    window.layout(
      showsInspector: inspector.isShown, showsSummary: messages.isUsed, showsOutput: showsOutput,
      wantsLanes: wantsLanes,
      lessonLines: lesson?.isShown == true ? lessonPage?.lines.count : nil)
  }

  /// Rows and columns of the pane of output, shown or not: the terminals of programs are as large. Nil without room.
  public var outputSize: (rows: Int, columns: Int)? {
    layout(showsOutput: true, wantsLanes: lanes.standForBytes).output.map { ($0.height, $0.width - 2) }
  }

  func source(_ journal: Journal) -> ItemSource {
    ItemSource(
      journal: journal, messages: messages, selection: list.selection, filter: table.filter,
      end: frozen?.sequence,
      search: table.search)
  }

  /// What the lanes are drawn of: the item under the cursor. Nil if there is no connection to show.
  func lanesSubject(_ journal: Journal) -> LanesSubject? {
    table.current.flatMap {
      LanesSubject($0, bytes: bytes.selected, end: frozen?.sequence, sockets, messages, journal)
    }
  }

  /// The word about help at the end of the first line: a click on it opens the help.
  var helpWord: (text: String, area: Rect) {
    let text = "\(keys.label(.help) ?? "") help "
    return (text, Rect(row: 0, column: window.columns - text.count, height: 1, width: text.count))
  }

  var helpText: HelpText {
    HelpText(
      keys, sending.keyed(keys), first: lesson == nil ? nil : .lessons, width: layout.help.width,
      obstacle: obstacle)
  }

  /// The bytes that are meant: the selection, or those of the item under the cursor; nil if it has none.
  var copySource: CopySource? { bytes.copySource(table.current) }

  // MARK: Whom keys are meant for

  /// The socket that keys like `close` are meant for: the selected one, or the one of the item under the cursor.
  var subject: SocketID? {
    switch list.selection {
    case .socket(let socket): return socket
    case .all:
      guard let socket = table.current?.socket, socket != .none else { return nil }
      return socket
    }
  }

  /// The socket that the user has chosen: the selected one, or that of the row that is held. Not that of the newest row:
  /// it would be another one with each record.
  var chosen: SocketID? { list.selection == .all && table.follows ? nil : subject }

  /// The socket that a burst is meant for: the chosen one, for a listener its newest connection, else the first client.
  /// Where a socket is selected that cannot send, none: another one would get what was meant for it.
  var sendTarget: SocketID? {
    if isRecorded { return nil }
    if let chosen, sockets.canSend(chosen) { return chosen }
    let open = sockets.open.filter(sockets.canSend)
    if let chosen, let child = open.last(where: { sockets.info($0)?.parent == chosen }) { return child }
    if list.selection != .all { return nil }
    return open.first { sockets.info($0)?.role == .client } ?? open.first
  }

  /// The socket whose sends are made a burst: the chosen one, else the one that sends would go to, else the first that
  /// has sent.
  var recalled: SocketID? {
    if let chosen { return chosen }
    let hasSent = { (socket: SocketID) in sockets.totals(socket).map { $0.sends > 0 } ?? false }
    if let sendTarget, hasSent(sendTarget) { return sendTarget }
    return sockets.ids.first(where: hasSent) ?? sendTarget
  }

  /// The burst that the keys to stop and pause are meant for.
  var playingBurst: PlayingBurst? { sending.burst(on: subject) }

  /// The same, while nothing else stands in its line.
  var toldBurst: PlayingBurst? {
    switch overlay {
    case .prompt, .leaving, .statistics, .compare, .shake, .trials: nil
    case .picker, .help, nil: notice.map(\.givesWayToBurst) ?? true ? playingBurst : nil
    }
  }
}
