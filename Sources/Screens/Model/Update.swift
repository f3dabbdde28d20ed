import Traffic

extension Model {
  /// Takes in what happened. Returns what is to be done outside.
  public mutating func update(_ message: Message, _ journal: Journal) -> [Effect] {
    var effects: [Effect] = []
    switch message {
    case .key(let chord):
      notice = nil
      find = nil
      effects = take(chord, journal)
    case .pointer(let pointer): effects = take(pointer, journal)
    case .paste(let text): takePaste(text)
    case .resized(let rows, let columns): (self.rows, self.columns) = (rows, columns)
    case .journalChanged: break
    case .clock(let now): rates.look(journal, at: now)
    case .kernelState(let state): sockets.take(state, of: watched)
    case .playing(let bursts): takePlaying(bursts, journal)
    case .goOn: goOnFinding(journal)
    case .names(let names, let folder): takeNames(names, of: folder)
    case .saved(let request, let outcome): takeSaved(request, outcome)
    case .answered(let error): notice = error.map { Notice(kind: .error, text: $0) } ?? notice
    }
    settle(journal)
    return effects
  }

  private mutating func take(_ chord: Chord, _ journal: Journal) -> [Effect] {
    switch overlay {
    case .prompt(let prompt): return take(chord, in: prompt, journal)
    case .picker(let picker): return take(chord, in: picker, journal)
    case .help(let help):
      guard let action = keys.action(chord) else { return takeUnbound(chord) }
      if action == .suspend || action == .redraw { return perform(action, journal) }
      take(action.move, in: help)
      return []
    case nil:
      guard let action = keys.action(chord) else { return takeUnbound(chord) }
      return attempt(action, journal)
    }
  }

  /// Scrolls the help; any other key closes it.
  mutating func take(_ move: Move?, in help: Help) {
    var help = help
    let stays = move.map { help.take($0, page: layout.help.height, helpText) } ?? false
    overlay = stays ? .help(help) : nil
  }

  /// Does it, or says what is in the way.
  mutating func attempt(_ action: Action, _ journal: Journal) -> [Effect] {
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
    case .help: overlay = .help(Help())
    case .find: overlay = .prompt(Prompt(.find))
    case .findNext: if let lastPattern { startFind(lastPattern, behindCursor: true, journal) }
    case .commandPrompt: overlay = .prompt(Prompt(.command))
    case .sendPrompt: openSendPrompt("")
    case .bursts: overlay = .picker(Picker(.bursts))
    case .recallSends: recallSends(journal)
    case .recallBytes: recallBytes(journal)
    case .nextPane: focusPane(by: 1)
    case .previousPane: focusPane(by: -1)
    case .nextSocket: moveInList(.line(1))
    case .previousSocket: moveInList(.line(-1))
    case .up, .down, .left, .right, .pageUp, .pageDown, .first, .follow:
      if let move = action.move { self.move(move, journal) }
    case .choose: choose()
    case .cancel: cancel()
    case .inspector:
      inspector.isShown.toggle()
      if focus == .inspector { focus = .records }
    case .lanes: lanes.turn()
    case .zoomIn: lanes.zoom(by: 1)
    case .zoomOut: lanes.zoom(by: -1)
    case .larger: resizeFocus(by: 1)
    case .smaller: resizeFocus(by: -1)
    case .bigPrint: isBig.toggle()
    case .time: table.moments.mode = table.moments.mode.following
    case .freeze: toggleFreeze(journal)
    case .filter: table.filter = table.filter.following
    case .kinds: overlay = .picker(Picker(.kinds))
    case .columns: overlay = .picker(Picker(.columns))
    case .copy: openCopies(journal)
    case .palette: overlay = .picker(Picker(.actions))
    case .bytesParts: choices.parts = choices.parts.following
    case .bytesReading: choices.reading = choices.reading.following
    case .bytesWidth: choices.line = choices.line.following
    case .select: toggleSelection(journal)
    case .selectLeft: extendSelection(bytes: -1, journal)
    case .selectRight: extendSelection(bytes: 1, journal)
    case .selectUp: extendSelection(lines: -1, journal)
    case .selectDown: extendSelection(lines: 1, journal)
    case .mark: table.moments.mark(table.current?.time)
    case .options: if let subject { overlay = .picker(Picker(.options(sockets.name(subject)))) }
    case .pauseReceiving: return onSubject { $0.policy.isPaused ? .resume($0.name) : .suspend($0.name) }
    case .receiveOnce: return callOnce("recv") { .recv($0.name, size: nil, flags: nil) }
    case .acceptOnce: return callOnce("accept") { .accept($0.name) }
    case .stopBurst: return BurstLine.burst(self).map { [.perform(.burst($0.name, .stop))] } ?? []
    case .pauseBurst:
      return BurstLine.burst(self).map { [.perform(.burst($0.name, $0.isPaused ? .resume : .pause))] } ?? []
    case .endSending: return onSubject { .shutdown($0.name, .write) }
    case .close: return closeSubject(isReset: false)
    case .reset: return closeSubject(isReset: true)
    }
    return []
  }

  private func onSubject(_ command: (SocketInfo) -> Command) -> [Effect] {
    guard let subject, let info = sockets.info(subject) else { return [] }
    return [.perform(command(info))]
  }

  /// A call that may block: nothing would be seen of it before it returns.
  private mutating func callOnce(_ call: String, _ command: (SocketInfo) -> Command) -> [Effect] {
    let effects = onSubject(command)
    if let subject, !effects.isEmpty {
      notice = Notice(
        kind: .note, text: "\(call)() is called on \(sockets.name(subject)); its row comes when it returns")
    }
    return effects
  }

  /// What is said to a socket waits for the burst that is played on it.
  private mutating func closeSubject(isReset: Bool) -> [Effect] {
    if let burst = playing.first(where: { $0.socket == subject }) {
      let stop = keys.label(.stopBurst) ?? "burst \(burst.name) stop"
      notice = Notice(
        kind: .note, text: "\(burst.name) closes when burst \(burst.number) is over; \(stop) stops that")
    }
    return onSubject { .close($0.name, isReset: isReset) }
  }

  private mutating func toggleFreeze(_ journal: Journal) {
    if let frozen {
      self.frozen = nil
      if frozen.followed == table.cursor { table.follow() }
    } else {
      frozen = Freeze(sequence: journal.extent.records.upperBound, followed: table.hold())
    }
  }

  // MARK: Sockets

  private mutating func focusPane(by step: Int) {
    let layout = self.layout
    let panes = Pane.allCases.filter {
      switch $0 {
      case .sockets, .records: true
      case .bytes: layout.bytes != nil
      case .inspector: layout.inspector != nil
      case .lanes: layout.lanes != nil
      }
    }
    let place = panes.firstIndex(of: focus) ?? 0
    focus = panes[(place + step + panes.count) % panes.count]
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

  private mutating func choose() {
    switch focus {
    case .sockets: focus = .records
    case .records: if layout.bytes != nil { focus = .bytes } else { inspector.isShown.toggle() }
    case .bytes, .inspector, .lanes: focus = .records
    }
  }

  private mutating func cancel() {
    if bytes.selection != nil {
      (bytes.anchor, bytes.found) = (nil, nil)
    } else if inspector.isShown {
      inspector.isShown = false
      if focus == .inspector { focus = .records }
    } else {
      focus = .records
    }
  }
}
