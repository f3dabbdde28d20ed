import Traffic

extension Picker.Subject {
  /// The keys of the list, for the bottom line.
  var keys: [KeyHint] {
    func enter(_ word: String) -> KeyHint { KeyHint(Chord(.enter), word) }
    let own: [KeyHint] =
      switch self {
      case .actions: [enter("does it")]
      case .copy: [enter("copies")]
      case .kinds: [enter("shows or hides")]
      case .columns:
        [
          enter("shows or hides"), KeyHint(Chord("-"), "to the left"), KeyHint(Chord("+"), "to the right"),
        ]
      case .bursts:
        [
          enter("sends"), KeyHint(.control("e"), "edits"), KeyHint(.control("r"), "renames"),
          KeyHint(.control("d"), "deletes"),
        ]
      case .options: [enter("sets")]
      case .labs: [enter("plays it here")]
      case .conditions: [enter("filters by it")]
      case .framings: [enter("cuts the bytes so")]
      case .rows: [enter("goes to the record of its seq")]
      }
    return own + [
      KeyHint(Chord(.escape), "closes"), KeyHint(label: "↑ ↓", "choose"), KeyHint(label: "letters", "narrow"),
    ]
  }
}

extension Picker {
  /// Bytes that are shown in each form before one is chosen: base64 writes six without padding.
  private static let sampleSize = 6

  /// The ways to copy some bytes.
  init(copiesOf source: CopySource?, _ journal: Journal) {
    var pieces = source?.pieces(journal)
    let sample = pieces?.next(limit: Self.sampleSize) ?? []
    self.init(.copy(sample: sample, isCut: source.map { $0.count > sample.count } ?? false))
  }
}

extension Picker.Item {
  /// Everything that can be done.
  /// - Parameter obstacle: why it cannot be done now.
  static func actions(_ keys: KeyMap, obstacle: (Action) -> String?) -> [Picker.Item] {
    keys.bindings.filter { $0.action != .palette }.map { binding in
      Picker.Item(
        choice: .action(binding.action), word: binding.action.word, sentence: binding.action.sentence,
        key: binding.chords.first?.label ?? "", obstacle: obstacle(binding.action))
    } + commands(keys)
  }

  /// What is typed at the prompt: choosing one opens it there.
  private static func commands(_ keys: KeyMap) -> [Picker.Item] {
    let key = keys.label(.commandPrompt) ?? ""
    return CommandRule.all.filter { $0.place != .lab }.map { rule in
      let name = rule.name.rawValue
      return Picker.Item(
        choice: .command("\(name) ", isWhole: false), word: "\(key) \(name)", sentence: rule.meaning)
    }
  }

  /// The ways to copy, each with how the first bytes look in it.
  static func copies(_ sample: [UInt8], isCut: Bool) -> [Picker.Item] {
    CopyForm.ofText.map { form in
      Picker.Item(
        choice: .copy(form), word: "copy as \(form.name)",
        sentence: sample.isEmpty ? "" : form.text(sample) + (isCut ? " …" : ""))
    }
      + CopyForm.allCases.map { Picker.Item(choice: .save($0), word: "to a file as \($0.name)") }
  }

  static func kinds(_ filter: RowFilter) -> [Picker.Item] {
    RowKind.allCases.map {
      Picker.Item(
        choice: .kind($0), word: $0.word, sentence: $0.sentence, isOn: !filter.hidden.contains($0))
    }
  }

  /// The columns shown, in their order, then the others.
  static func columns(_ shown: [Column]) -> [Picker.Item] {
    let others = Column.allCases.filter { !shown.contains($0) }
    return (shown + others).map {
      Picker.Item(choice: .column($0), word: $0.rawValue, sentence: $0.sentence, isOn: shown.contains($0))
    }
  }

  /// How a socket's bytes can be cut into messages.
  /// - Parameter now: how they are cut.
  static func framings(_ name: String, _ previews: [FramingPreview], now: String?) -> [Picker.Item] {
    func item(_ framing: String, _ sentence: String, begun word: String? = nil) -> Picker.Item {
      Picker.Item(
        choice: .command("frame \(name) \(framing)", isWhole: word == nil),
        word: (word ?? framing).padded(to: 13), sentence: sentence, key: framing == now ? "now" : "")
    }
    let own = [
      item("fixed ", "messages of so many bytes each", begun: "fixed N"),
      item("delimiter ", "messages that end with these bytes", begun: "delimiter …"),
      item("length:", "a length at an offset in a header: length:u16be@4+6", begun: "length:…"),
    ]
    return previews.map { item($0.framing, $0.sentence) } + own + [item("none", "no messages")]
  }

  /// What can be played, in an order that teaches. Labs that give their answer away give it here not.
  static func labs(_ catalog: [LabEntry]) -> [Picker.Item] {
    catalog.map { entry in
      let end = entry.question.firstIndex(of: "?")
      let question = end.map { String(entry.question[...$0]) } ?? entry.question
      return Picker.Item(
        choice: .lab(entry.name), word: (entry.isLesson ? "lesson  " : "lab     ") + question,
        sentence: entry.name, key: entry.done)
    }
  }

  static func bursts(_ library: BurstLibrary) -> [Picker.Item] {
    library.all.map { burst in
      let labs = library.isLabs(burst.name) ? "lab  " : ""
      return Picker.Item(
        choice: .burst(burst.name), word: burst.name, sentence: burst.line,
        key: labs + (burst.key.map { "F\($0)" } ?? ""))
    }
  }
}
