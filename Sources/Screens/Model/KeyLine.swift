import Traffic

/// A line of keys: the bottom line, or those of a burst that is played. What stands where is known here, so that a click finds it.
struct KeyLine {
  /// Cells that a burst's name may take: the first of these with which all find room, else the last.
  private static let nameWidths = [16, 12, 9, 6]

  let area: Rect
  private(set) var places: [(key: KeyHint, column: Int)] = []

  /// The bottom line: the keys of what lies over the panes; else the function keys with their bursts on the left, and what else is
  /// most useful behind them.
  init(_ model: Model) {
    area = model.layout.keyArea
    switch model.overlay {
    case .picker(let picker):
      add(picker.obstacle == nil ? picker.subject.keys : [KeyHint(Chord(.escape), "closes")])
    case .help, .statistics, .compare:
      add([KeyHint(label: "↑ ↓ PgUp PgDn", "scroll"), KeyHint(Chord(.escape), "closes")])
    case .shake: add(Self.shake(model))
    case .trials: add(Self.trials(model))
    case .leaving: add([KeyHint(Chord("y"), "leaves"), KeyHint(Chord("n"), "stays")])
    case .prompt(let prompt): if model.notice == nil { addSaving(prompt) }
    case nil: addActions(model)
    }
  }

  /// The keys of the burst that is told in the line above; nil if none is.
  init?(burstOf model: Model) {
    guard let burst = model.toldBurst else { return nil }
    area = model.layout.promptArea
    let actions: [(Action, String)] = [
      (.pauseBurst, burst.isPaused ? "goes on" : "pauses"), (.stopBurst, "stops"),
    ]
    let hints = actions.compactMap { action, word in model.keys.chord(action).map { KeyHint($0, word) } }
    add(hints, at: end - hints.width)
  }

  private var start: Int { area.column + 1 }
  private var end: Int { area.columns.upperBound - 1 }
  /// Where the first key begins; the end of the line if there is none.
  var first: Int { places.first?.column ?? end }

  /// The key that stands at a cell: a click on it presses it.
  func chord(row: Int, column: Int) -> Chord? {
    guard row == area.row else { return nil }
    return places.first { $0.column < column && column < $0.column + $0.key.width - 1 }?.key.chord
  }

  private mutating func add(_ keys: [KeyHint]) { add(keys.fitting(in: end - start), at: start) }

  /// Behind what a burst will do, where there is room.
  private mutating func addSaving(_ prompt: Prompt) {
    guard prompt.choices.isEmpty, case .burst(_, let preview) = prompt.reading else { return }
    let hint =
      prompt.kind == .send(nil)
      ? KeyHint(Chord(.enter), "saves it: there is no socket to send on")
      : KeyHint(.control("s"), "saves it")
    if start + 2 + SafeText.width(preview) + hint.width < end { add([hint], at: end - hint.width) }
  }

  private mutating func addActions(_ model: Model) {
    let quit = Self.key(.quit, model)
    let end = end - (quit?.width ?? 0)
    // At most half of the line, so that the way to everything else is not lost.
    let room = (end - start) / 2
    let forms = Self.bursts(model)
    let bursts = (forms.first { $0.width <= room } ?? forms[forms.count - 1]).fitting(in: room)
    let actions = Self.actions(model).fitting(in: end - start - bursts.width)
    add(bursts, at: start)
    add(actions, at: bursts.isEmpty ? start : end - actions.width)
    if let quit { add([quit], at: end) }
  }

  private mutating func add(_ keys: [KeyHint], at column: Int) {
    var column = column
    for key in keys {
      places.append((key, column))
      column += key.width
    }
  }

  /// The keys of bursts, with names of each width.
  private static func bursts(_ model: Model) -> [[KeyHint]] {
    let bursts = model.sending.keyed(model.keys)
    let isOff = !bursts.isEmpty && model.sendTarget == nil
    return nameWidths.map { width in
      bursts.map { KeyHint($0.key, $0.burst.name.fitted(to: width), isOff: isOff) }
    }
  }

  private static func actions(_ model: Model) -> [KeyHint] {
    let bursts: [Action] = model.sending.named.all.isEmpty ? [] : [.bursts]
    let relay: [Action] = model.obstacle(.hold) == nil ? [.hold] : []
    let output: [Action] = model.obstacle(.output) == nil ? [.output] : []
    let find: [Action] = model.bytes.find == nil ? [] : [.findNext, .findPrevious]
    let cuts: [Action] = model.obstacle(.shake) == nil ? [.shake] : []
    // Whoever plays a lab may ask how often it ends so.
    let trials: [Action] = model.obstacle(.trials) == nil ? [.trials] : []
    let actions =
      (find + [.commandPrompt, .sendPrompt] + bursts + [.nextPane] + relay + output + cuts + trials)
      .compactMap {
        key($0, model)
      }
    let own = paneActions(model.window.focus, isLow: !model.layout.hasLanesBesideBytes).compactMap {
      key($0, model)
    }
    if model.window.focus == .lesson { return lesson(model) + actions }
    return actions + (model.window.focus == .inspector ? moving(model) : []) + own
  }

  private static func lesson(_ model: Model) -> [KeyHint] {
    guard let state = model.lesson?.state else { return [] }
    let hands =
      state.isAsking ? [KeyHint(label: "1…\(state.question?.choices.count ?? 0)", "hands")] : []
    var words: [(Action, String)] = [(.lessonNext, "next")]
    if state.hasMoreHints { words.append((.lessonHint, "hint")) }
    words += [(.lessonBack, "back"), (.lessonSkip, "skip")]
    words.append(state.isAsking ? (.lessonUndo, "undo") : (.lanes, "lanes"))
    words += [(.again, "again"), (.handout, "take home"), (.labs, "others")]
    return hands
      + words.compactMap { action, word in
        let isOff = model.obstacle(action) != nil || action == .lessonNext && state.needsHand
        return model.keys.chord(action).map { KeyHint($0, word, isOff: isOff) }
      }
  }

  private static func shake(_ model: Model) -> [KeyHint] {
    let stop = model.isShaking ? model.keys.chord(.stopBurst).map { [KeyHint($0, "stops it")] } ?? [] : []
    let finding = [Action.findNext, .findPrevious].compactMap(model.keys.label).joined(separator: " ")
    return [KeyHint(Chord(.enter), "shows its connection"), KeyHint(label: "← ↑ ↓ →", "cut")]
      + [KeyHint(label: finding, "finding")] + stop + [KeyHint(Chord(.escape), "closes")]
  }

  private static func trials(_ model: Model) -> [KeyHint] {
    let isSweep = model.trials.news?.isSweep == true
    let stop = model.trials.isRunning ? model.keys.chord(.stopBurst).map { [KeyHint($0, "stops")] } ?? [] : []
    if model.trials.run == nil { return stop + [KeyHint(Chord(.escape), "closes")] }
    let show = model.keys.chord(.choose).map { [KeyHint($0, "shows its run")] } ?? []
    let others = isSweep && (model.trials.news?.sweep.sockets.count ?? 0) > 1
    return show + (isSweep ? [KeyHint(label: "← →", "size")] : [])
      + (isSweep && !others ? [] : [KeyHint(label: "↑ ↓", isSweep ? "socket" : "outcome")]) + stop
      + [KeyHint(Chord(.escape), "closes")]
  }

  /// How one moves in the inspector.
  private static func moving(_ model: Model) -> [KeyHint] {
    func both(_ first: Action, _ second: Action, _ word: String) -> KeyHint {
      KeyHint(label: [first, second].compactMap { model.keys.label($0) }.joined(separator: " "), word)
    }
    let back = model.keys.chord(.choose).map { [KeyHint($0, "back")] } ?? []
    return [both(.up, .down, "scroll"), both(.left, .right, "record")] + back
  }

  /// What is most useful in a pane.
  /// - Parameter isLow: the lanes have no place beside the bytes, but would by a key.
  private static func paneActions(_ pane: Pane, isLow: Bool) -> [Action] {
    switch pane {
    case .inspector: [.inspector, .follow]
    case .lesson: []
    case .records:
      [.inspector] + (isLow ? [.lanes] : []) + [
        .framing, .follow, .freeze, .time, .statistics, .pauseReceiving, .receiveOnce,
        .endSending,
        .close,
      ]
    case .sockets: [.options, .pauseReceiving, .receiveOnce, .acceptOnce, .endSending, .close, .reset]
    case .bytes: [.bytesParts, .bytesReading, .bytesWidth, .select, .copy, .find]
    case .output: [.follow]
    case .lanes: [.lanes, .zoomIn, .zoomOut, .inspector, .follow]
    }
  }

  private static func key(_ action: Action, _ model: Model) -> KeyHint? {
    model.keys.chord(action).map { KeyHint($0, action.word, isOff: model.obstacle(action) != nil) }
  }
}
