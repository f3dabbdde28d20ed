import Traffic

/// The library of bursts: sending, saving, naming, and taking away.
extension Model {
  /// The bursts that a function key sends, in the order of the keys. A key that the user gave an action is not among them.
  var keyedBursts: [(key: Chord, burst: NamedBurst)] {
    library.all.compactMap { burst in
      guard let number = burst.key else { return nil }
      let chord = Chord(.function(number))
      return keys.action(chord) == nil ? (chord, burst) : nil
    }
  }

  /// A key without an action: a function key sends its burst.
  mutating func takeUnbound(_ chord: Chord) -> [Effect] {
    guard case .function(let number) = chord.key, chord.modifiers.isEmpty,
      BurstLabel.keys.contains(number)
    else {
      notice = Notice(
        kind: .note,
        text: "\(chord.label) does nothing here; \(keys.label(.help) ?? "help") shows the keys")
      return []
    }
    showsHelp = false
    guard let burst = library.burst(key: number) else {
      let hint = "type one with \(keys.label(.sendPrompt) ?? "send"), and ^S saves it"
      notice = Notice(kind: .note, text: "\(chord.label) has no burst: \(hint)")
      return []
    }
    return send(burst)
  }

  mutating func send(_ burst: NamedBurst) -> [Effect] {
    guard let target = sendTarget else {
      notice = Notice(kind: .note, text: "\(burst.label.text): \(obstacle(.sendPrompt) ?? "")")
      return []
    }
    let name = sockets.name(target)
    let words = (try? burst.burst.summary.text).map { "   \($0)" } ?? ""
    notice = Notice(kind: .note, text: "\(burst.label.text) → \(name)\(words)", givesWayToBurst: true)
    return [.perform(.send(name, burst.burst))]
  }

  /// Opens the send prompt with a burst in it; without a socket to send on it can only be saved.
  mutating func openSendPrompt(_ text: String, saved: BurstLabel? = nil, to socket: SocketID? = nil) {
    let target = socket.flatMap { sockets.canSend($0) ? $0 : nil } ?? sendTarget
    var prompt = Prompt(.send(target.map(sockets.name)), text: text)
    prompt.saved = saved
    self.prompt = prompt
  }

  // MARK: Saving

  /// Asks for a name under which to save what is typed.
  mutating func askForName(_ prompt: inout Prompt) {
    switch prompt.reading {
    case .nothing, .command, .label, .file, .pattern:
      notice = Notice(kind: .note, text: "type a burst first; ^S saves it")
    case .mistake, .refused: prompt.isRefused = true
    case .burst:
      let naming = Naming(text: prompt.editor.text, renamed: nil, library: library, keys: keys)
      promptBelow = prompt
      prompt = Prompt(.name, text: prompt.saved?.text ?? "")
      prompt.naming = naming
    }
  }

  /// Saves the burst under its new name, and goes back to where it came from.
  mutating func save(_ label: BurstLabel, _ prompt: inout Prompt) -> [Effect] {
    guard let naming = prompt.naming, let burst = try? NamedBurst(label, text: naming.text) else { return [] }
    let change = BurstLibrary.Change.put(burst, replacing: naming.renamed)
    library.apply(change)
    promptBelow?.saved = label
    leaveNaming(&prompt, at: label.name)
    notice = Notice(
      kind: .note, text: naming.renamed == nil ? "saved \(label.text)" : "it is \(label.text) now")
    return [.saveBursts(change)]
  }

  /// Goes back to the send prompt or to the list.
  /// - Parameter name: the burst on which the list stands then.
  mutating func leaveNaming(_ prompt: inout Prompt, at name: String? = nil) {
    if let below = promptBelow {
      (prompt, promptBelow) = (below, nil)
    } else {
      self.prompt = nil
      picker = Picker(.bursts)
      let wanted = name ?? prompt.naming?.renamed
      picker?.place = library.all.firstIndex { $0.name == wanted } ?? 0
    }
  }

  // MARK: The list

  var burstItems: [Picker.Item] {
    library.all.map { burst in
      let labs = library.isLabs(burst.name) ? "lab  " : ""
      return Picker.Item(
        choice: .burst(burst.name), word: burst.name, sentence: burst.line,
        key: labs + (burst.key.map { "F\($0)" } ?? ""))
    }
  }

  /// The keys that the list of bursts has for itself: nil if it is none of them.
  mutating func takeInBursts(_ chord: Chord, _ chosen: Picker.Item?) -> [Effect]? {
    guard case .burst(let name)? = chosen?.choice, let burst = library.burst(named: name) else { return nil }
    let doomed = picker?.doomed
    picker?.doomed = nil
    switch chord {
    case .control("e"):
      picker = nil
      openSendPrompt(burst.line, saved: burst.label)
    case .control("r"), .control("d"):
      if library.isLabs(name) {
        notice = Notice(kind: .note, text: "\(name) is the lab's: change it there")
      } else if chord == .control("r") {
        picker = nil
        // Its key may be hidden by one of the lab's.
        let label = library.own.first { $0.name == name }?.label ?? burst.label
        prompt = Prompt(.name, text: label.text)
        prompt?.naming = Naming(text: burst.text, renamed: name, library: library, keys: keys)
      } else if doomed == name {
        library.apply(.remove(name))
        if library.all.isEmpty { picker = nil }
        notice = Notice(kind: .note, text: "deleted \(name)")
        return [.saveBursts(.remove(name))]
      } else {
        picker?.doomed = name
        notice = Notice(kind: .note, text: "^D again deletes \(name)")
      }
    default: return nil
    }
    return []
  }
}
