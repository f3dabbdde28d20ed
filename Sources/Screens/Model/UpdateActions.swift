import Traffic

/// What actions do.
extension Model {
  mutating func perform(_ action: Action, _ journal: Journal) -> [Effect] {
    switch action {
    case .quit: return quit()
    case .suspend: return [.suspend]
    case .redraw: return [.redraw]
    case .help: overlay = .help(Help())
    case .find: openFind(isBackward: false)
    case .findBack: openFind(isBackward: true)
    case .findNext: return goOnFinding(isBackward: false, journal)
    case .findPrevious: return goOnFinding(isBackward: true, journal)
    case .commandPrompt: overlay = .prompt(Prompt(.command))
    case .sendPrompt where window.focus == .output: openTyping()
    case .sendPrompt: openSendPrompt("")
    case .bursts: overlay = .picker(Picker(.bursts))
    case .recallSends: recallSends(journal)
    case .recallBytes: recallBytes(journal)
    case .nextPane: window.moveFocus(by: 1, layout)
    case .previousPane: window.moveFocus(by: -1, layout)
    case .nextSocket: moveInList(.line(1))
    case .previousSocket: moveInList(.line(-1))
    case .up, .down, .left, .right, .pageUp, .pageDown, .first, .follow:
      if let move = action.move { self.move(move, journal) }
    case .choose: choose()
    case .cancel: return cancel()
    case .inspector:
      inspector.isShown.toggle()
      if window.focus == .inspector { window.focus = .records }
    case .lanes: turnLanes()
    case .output: toggleOutput()
    case .zoomIn: lanes.zoom(by: 1)
    case .zoomOut: lanes.zoom(by: -1)
    case .larger: window.resizeFocus(by: 1, layout)
    case .smaller: window.resizeFocus(by: -1, layout)
    case .bigPrint:
      window.isBig.toggle()
      table.filter.put(bookkeepingAway: isForClass)
    case .theme: return [.nextTheme]
    case .time: table.moments.mode = table.moments.mode.following
    case .freeze: toggleFreeze(journal)
    case .filter: table.filter = table.filter.following(hasMessages: messages.isUsed)
    case .condition: overlay = .prompt(Prompt(.filter, text: table.search?.filter.text ?? ""))
    case .conditionOfRow: overlay = .picker(Picker(.conditions(conditions(journal))))
    case .framing: openFramings(journal)
    case .kinds: overlay = .picker(Picker(.kinds))
    case .columns: overlay = .picker(Picker(.columns))
    case .copy: openCopies(journal)
    case .statistics: return openStatistics()
    case .shake: overlay = .shake
    case .trials: openTrials()
    case .palette: overlay = .picker(Picker(.actions))
    case .bytesParts: bytes.choices.parts = bytes.choices.parts.following
    case .bytesReading: bytes.choices.reading = bytes.choices.reading.following
    case .bytesWidth: bytes.choices.line = bytes.choices.line.following
    case .select: toggleSelection(journal)
    case .selectLeft: extendSelection(.side(-1), journal)
    case .selectRight: extendSelection(.side(1), journal)
    case .selectUp: extendSelection(.line(-1), journal)
    case .selectDown: extendSelection(.line(1), journal)
    case .mark: table.moments.mark(table.current?.time)
    case .options: overlay = .picker(Picker(.options(subject.map(sockets.name) ?? "")))
    case .pauseReceiving: return onSubject { $0.policy.isPaused ? .resume($0.name) : .suspend($0.name) }
    case .receiveOnce: return callOnce("recv") { .recv($0.name, size: nil, flags: nil) }
    case .acceptOnce: return callOnce("accept") { .accept($0.name) }
    case .hold: return holdSubject()
    case .query: overlay = .prompt(Prompt(.query))
    case .wire: return toggleWire()
    case .record:
      if recording != nil { return [.perform(.endRecording)] }
      overlay = .prompt(Prompt(.command, text: "record "))
    case .lesson: toggleLesson()
    case .labs: overlay = .picker(Picker(.labs))
    case .again: return [.play(.again([]))]
    case .handout: overlay = .prompt(Prompt(.command, text: "handout \(handoutName)"))
    case .lessonNext: return goOnInLesson()
    case .lessonBack: return goBackInLesson()
    case .lessonSkip: return replyInLesson(.skip)
    case .lessonHint: return replyInLesson(.hint)
    case .lessonUndo: return replyInLesson(.takeBack)
    case .stopBurst: return playingBurst.map { [.perform(.burst($0.name, .stop))] } ?? []
    case .pauseBurst:
      return playingBurst.map { [.perform(.burst($0.name, $0.isPaused ? .resume : .pause))] } ?? []
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
      say("\(call)() is called on \(sockets.name(subject)); its row comes when it returns")
    }
    return effects
  }

  /// What is said to a socket waits for the burst that is played on it.
  private mutating func closeSubject(isReset: Bool) -> [Effect] {
    if let burst = sending.playing.first(where: { $0.socket == subject }) {
      let stop = keys.label(.stopBurst) ?? "burst \(burst.name) stop"
      say("\(burst.name) closes when burst \(burst.number) is over; \(stop) stops that")
    }
    return onSubject { .close($0.name, isReset: isReset) }
  }

  private mutating func toggleWire() -> [Effect] {
    say(
      isCapturing
        ? "the wire is no longer captured"
        : "the wire is captured; what was open before has no known places in it")
    return [.perform(.wire(!isCapturing))]
  }

  /// Holds the way of what the socket receives, or lets go.
  private mutating func holdSubject() -> [Effect] {
    guard let subject, let info = sockets.info(subject), let (pair, end) = info.relayEnd else { return [] }
    if !info.isHeld {
      say(
        "what comes \(end.way.rawValue) waits now; H lets go, : release \(pair) \(end.way.rawValue) 2 1 some of it"
      )
    }
    return [
      .perform(
        info.isHeld
          ? .release(pair, end.way, Release(), with: nil) : .hold(pair, end.way, messages: false, limit: nil))
    ]
  }

  private mutating func turnLanes() {
    lanes.turn(isBesideBytes: layout.hasLanesBesideBytes)
    let layout = self.layout
    if window.focus == .bytes, layout.bytes == nil { window.focus = .lanes }
    if window.focus == .lanes, layout.lanes == nil { window.focus = layout.bytes == nil ? .records : .bytes }
  }

  private mutating func toggleFreeze(_ journal: Journal) {
    if let frozen {
      self.frozen = nil
      if frozen.followed == table.cursor { table.follow() }
    } else {
      frozen = Freeze(sequence: journal.extent.records.upperBound, followed: table.hold())
    }
  }

  private mutating func choose() {
    switch window.focus {
    case .sockets: window.focus = .records
    case .records: if layout.bytes != nil { window.focus = .bytes } else { inspector.isShown.toggle() }
    case .bytes, .inspector, .lanes, .output, .lesson: window.focus = .records
    }
  }

  private mutating func cancel() -> [Effect] {
    if asking != nil { return [.stopAsking] }
    if bytes.find != nil, bytes.anchor == nil { return endFinding() }
    if bytes.selection != nil {
      (bytes.anchor, bytes.found) = (nil, nil)
    } else if inspector.isShown {
      inspector.isShown = false
      if window.focus == .inspector { window.focus = .records }
    } else if window.focus == .records, table.search != nil {
      table.show(only: nil)
    } else {
      window.focus = .records
    }
    return []
  }

  /// The framings, with what each would make of the bytes that are there.
  private mutating func openFramings(_ journal: Journal) {
    let isChosen = list.selection != .all
    let subject = subject.flatMap { FramingSubject($0, sockets, isChosen: isChosen) }
    overlay = .picker(
      Picker(
        .framings(
          subject ?? .nobody, subject.map { journal.framingPreviews(of: $0.example) } ?? [])))
  }

  /// What a row would have to have of what is under the cursor: who it was and how it ended before the rest.
  private func conditions(_ journal: Journal) -> [String] {
    func fields(_ first: [String]) -> [FilterField] {
      first.compactMap(FilterField.named) + FilterField.all.filter { !first.contains($0.name) }
    }
    switch table.current {
    case nil: return []
    case .record(let record, let sequence)?:
      let surroundings = FilterSurroundings(journal, Filter(.has("event")).noSockets)
      return fields(["socket", "event", "call", "why", "errno", "returned", "asked", "name", "burst"])
        .compactMap { $0.condition(record, sequence, surroundings)?.text }
    case .message(let placed)?:
      let facts = MessageFacts(
        placed.found, of: placed.socket, named: sockets.name(placed.socket), placed.sequence, journal)
      return fields(["socket", "event", "way", "kind", "broken", "length", "calls", "n"])
        .compactMap { $0.condition(facts)?.text }
    }
  }
}
