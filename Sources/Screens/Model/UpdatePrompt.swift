import Traffic

/// What is typed at a prompt, and what comes of it.
extension Model {
  mutating func take(_ chord: Chord, in prompt: Prompt, _ journal: Journal) -> [Effect] {
    var prompt = prompt
    let request = prompt.take(chord)
    overlay = .prompt(prompt)
    switch request {
    case .nothing: break
    case .leave: leave(prompt)
    case .enter: return enter(prompt, journal)
    case .name: askForName(prompt)
    case .older: recall(in: prompt, isOlder: true)
    case .newer: recall(in: prompt, isOlder: false)
    case .complete(let step):
      prompt.complete(by: step, sockets)
      overlay = .prompt(prompt)
    case .listFolder(let folder): return [.listFolder(folder)]
    case .suspend: return [.suspend]
    case .redraw: return [.redraw]
    }
    return []
  }

  /// - Parameter isEntered: Enter was pressed behind it.
  mutating func takePaste(_ text: String, isEntered: Bool, _ journal: Journal) -> [Effect] {
    // A pasted line end must not send anything by itself.
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ").replacing("\t", with: " ")
    switch overlay {
    case .leaving, .statistics, .compare, .shake, .trials: break
    case .picker(var picker):
      picker.paste(line)
      overlay = .picker(picker)
    case .help, nil:
      // What begins as a command does was meant as one; to open its prompt does nothing yet.
      if let first = line.unicodeScalars.first, keys.action(Chord(first)) == .commandPrompt {
        overlay = .prompt(Prompt(.command))
        return takePaste(String(line.unicodeScalars.dropFirst()), isEntered: false, journal)
      }
      let prompt = keys.label(.sendPrompt) ?? "send"
      say("what is pasted is not taken for keys; open a prompt for it with \(prompt) or :")
    case .prompt(var prompt):
      prompt.paste(line)
      overlay = .prompt(prompt)
      let lost = line.unicodeScalars.count { !LineEditor.takes($0) }
      if lost > 0 { say("\(lost) control character\(lost == 1 ? "" : "s") of the paste left out") }
      if isEntered { return take(Chord(.enter), in: prompt, journal) }
    }
    return []
  }

  /// A prompt that was opened for later: what was in its way may be gone.
  mutating func settlePrompt() {
    guard case .prompt(var prompt)? = overlay, prompt.obstacle != nil else { return }
    switch prompt.kind {
    case .send(nil):
      guard let sendTarget else { return }
      prompt.aim(at: sockets.name(sendTarget))
    case .find:
      guard obstacle(.find) == nil else { return }
      prompt.obstacle = nil
    case .command where obstacle(.handout) == nil: prompt.obstacle = nil
    case .send, .command, .name, .save, .filter, .query: return
    }
    (overlay, notice) = (.prompt(prompt), nil)
  }

  mutating func takeNames(_ names: [String]?, of folder: String) {
    guard case .prompt(var prompt) = overlay else { return }
    prompt.completeFile(names, folder: folder)
    overlay = .prompt(prompt)
  }

  private mutating func leave(_ prompt: Prompt) {
    if case .name(let naming) = prompt.kind { return leave(naming) }
    overlay = nil
    sending.leaveHistory()
  }

  private mutating func enter(_ prompt: Prompt, _ journal: Journal) -> [Effect] {
    let text = prompt.editor.text
    if prompt.kind == .command, let action = Action.spoken[text] {
      overlay = nil
      return perform(action, journal)
    }
    if case .find(let find) = prompt.kind, text.isEmpty, bytes.lastFind != nil {
      overlay = nil
      return goOnFinding(isBackward: find.isBackward, journal)
    }
    switch prompt.reading {
    case .nothing:
      if prompt.kind == .filter { table.show(only: nil) }
      if case .name(let naming) = prompt.kind { leave(naming) } else { overlay = nil }
    case .mistake, .refused:
      var prompt = prompt
      prompt.refuse()
      overlay = .prompt(prompt)
    case .file(let request):
      overlay = nil
      say("writing \(request.source.count) B to \(request.path)")
      return [.save(request)]
    case .pattern(let pattern):
      overlay = nil
      if case .find(let find) = prompt.kind { return startFinding(pattern, find, journal) }
    case .filter(let filter):
      overlay = nil
      table.show(only: filter)
    case .query(let sql):
      overlay = nil
      return ask(sql)
    case .command(let command, _):
      overlay = nil
      sending.commands.add(text)
      if case .statistics(let name, _) = command { return openStatistics(named: name) }
      if case .compare(let file) = command { return openCompare(file) }
      if case .again(let settings) = command { return playAgain(settings) }
      if case .trials(let count, let sizes) = command { return startTrials(count, sizes) }
      if command == .labs { return attempt(.labs, journal) }
      if case .handout(let path, let isBlank) = command { return writeHandout(path, isBlank: isBlank) }
      guard case .define(let burst) = command else { return [.perform(command)] }
      sending.named.define(burst)
      say("\(burst.label.text) is at hand until you leave")
    case .place(let place):
      overlay = nil
      sending.commands.add(text)
      go(to: place, journal)
    case .burst(let burst, _):
      guard case .send(let name?) = prompt.kind else {
        askForName(prompt)
        return []
      }
      overlay = nil
      sending.bursts.add(text)
      return [.perform(.send(name, burst))]
    case .label(let label, _): if case .name(let naming) = prompt.kind { return save(label, naming) }
    }
    return []
  }

  private mutating func recall(in prompt: Prompt, isOlder: Bool) {
    let text = prompt.editor.text
    let line: String?
    switch prompt.kind {
    case .command: line = isOlder ? sending.commands.older(than: text) : sending.commands.newer()
    case .send: line = isOlder ? sending.bursts.older(than: text) : sending.bursts.newer()
    case .find: line = isOlder ? bytes.lastFind?.pattern.text : ""
    case .filter: line = isOlder ? table.lastFilter?.text : ""
    case .query: line = isOlder ? lastQuery : ""
    case .save, .name: line = nil
    }
    guard let line else { return }
    var prompt = prompt
    prompt.recall(line)
    overlay = .prompt(prompt)
  }

  // MARK: Naming

  /// Asks for a name under which to save what is typed.
  private mutating func askForName(_ prompt: Prompt) {
    switch prompt.reading {
    case .nothing, .command, .place, .label, .file, .pattern, .filter, .query:
      say("type a burst first; ^S saves it")
    case .mistake, .refused:
      var prompt = prompt
      prompt.refuse()
      overlay = .prompt(prompt)
    case .burst:
      let naming = Naming(
        text: prompt.editor.text, origin: .prompt(prompt), library: sending.named, keys: keys)
      overlay = .prompt(Prompt(.name(naming), text: prompt.saved?.text ?? ""))
    }
  }

  /// Saves the burst under its new name, and goes back to where it came from.
  private mutating func save(_ label: BurstLabel, _ naming: Naming) -> [Effect] {
    guard let burst = try? NamedBurst(label, text: naming.text) else { return [] }
    let change = BurstLibrary.Change.put(burst, replacing: naming.renamed)
    sending.named.apply(change)
    leave(naming, saved: label)
    notice = Notice(
      kind: .note, text: naming.renamed == nil ? "saved \(label.text)" : "it is \(label.text) now")
    return [.saveBursts(change)]
  }

  /// Goes back to the send prompt or to the list.
  /// - Parameter label: what the burst is called now; nil if it has no other name.
  private mutating func leave(_ naming: Naming, saved label: BurstLabel? = nil) {
    switch naming.origin {
    case .prompt(var prompt):
      prompt.saved = label ?? prompt.saved
      overlay = .prompt(prompt)
    case .list(let name):
      let name = label?.name ?? name
      overlay = .picker(Picker(.bursts, place: sending.named.all.firstIndex { $0.name == name } ?? 0))
    }
  }
}
