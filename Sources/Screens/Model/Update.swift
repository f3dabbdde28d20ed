import Traffic

extension Model {
  /// Takes in what happened. Returns what is to be done outside.
  public mutating func update(_ message: Message, _ journal: Journal) -> [Effect] {
    var effects: [Effect] = []
    switch message {
    case .key(let chord):
      notice = nil
      effects = take(chord, journal)
    case .pointer(let pointer): effects = take(pointer, journal)
    case .paste(let text, let isEntered):
      notice = nil
      effects = takePaste(text, isEntered: isEntered, journal)
    case .resized(let rows, let columns): (window.rows, window.columns) = (rows, columns)
    case .journalChanged, .messagesCut: break
    case .clock(let now): rates.look(journal, at: now)
    case .kernelState(let state): sockets.take(state, of: watched)
    case .waiting(let calls): waiting = calls
    case .playing(let bursts): sending.take(bursts)
    case .shaking(let isRunning): shake.isRunning = isRunning
    case .capturing(let isOn): isCapturing = isOn
    case .recording(let sign): recording = sign
    case .themed(let name, let about): say("theme \(name): \(about)")
    case .found(let news):
      bytes.find?.take(news)
      goToFound(journal)
    case .counted(let news): take(news)
    case .lesson(let event): effects = take(event, journal)
    case .catalog(let entries): catalog = entries
    case .offerLabs: if !catalog.isEmpty { overlay = .picker(Picker(.labs)) }
    case .goOn: table.goOnSearching(journal, messages, list.selection, isIdle: true)
    case .names(let names, let folder): takeNames(names, of: folder)
    case .compared(let news): take(news)
    case .trials(let news): take(news)
    case .queried(let answer, let sql): take(answer, of: sql)
    case .looked(let looks): take(looks)
    case .saved(let request, let outcome): takeSaved(request, outcome)
    case .handedOut(let request, let mistake): takeHandout(request, mistake)
    case .written(let text, let end):
      say(text)
      kept = max(kept, end ?? 0)
    case .answered(let error): notice = error.map { Notice(kind: .error, text: $0) } ?? notice
    }
    settle(journal)
    tellEndedBurst(journal)
    return effects + lookAtFiles()
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
    case .statistics(let statistics):
      guard let action = keys.action(chord) else { return takeUnbound(chord) }
      if action == .suspend || action == .redraw { return perform(action, journal) }
      return take(action.move, in: statistics)
    case .compare(let compare):
      guard let action = keys.action(chord) else { return takeUnbound(chord) }
      if action == .suspend || action == .redraw { return perform(action, journal) }
      take(action.move, in: compare)
      return []
    case .shake: return takeInShake(chord, journal)
    case .trials: return takeInTrials(chord, journal)
    case .leaving(let leaving): return take(chord, in: leaving)
    case nil:
      if let effects = takeHand(chord) { return effects }
      guard let action = keys.action(chord, in: keyContext) else { return takeUnbound(chord) }
      return attempt(action, journal)
    }
  }

  /// Scrolls the help; any other key closes it.
  mutating func take(_ move: Move?, in help: Help) {
    var help = help
    let stays = move.map { help.take($0, page: layout.help.height, helpText) } ?? false
    overlay = stays ? .help(help) : nil
  }

  /// Does it, or says what is in the way. What opens a line for text opens it all the same: whoever pressed the key goes on
  /// to type, and letters without a line would be keys.
  mutating func attempt(_ action: Action, _ journal: Journal) -> [Effect] {
    guard let obstacle = obstacle(action) else { return perform(action, journal) }
    var effects: [Effect] = []
    if Action.opensText.contains(action) {
      effects = perform(action, journal)
      overlay?.hinder(obstacle)
    }
    say("\(action.word): \(obstacle)")
    return effects
  }
}
