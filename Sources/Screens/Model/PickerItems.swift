import Traffic

extension Model {
  /// The keys of a picker, for the bottom line.
  func keys(_ subject: Picker.Subject) -> [(key: String, word: String)] {
    let own: [(String, String)] =
      switch subject {
      case .actions: [("Enter", "does it")]
      case .copy: [("Enter", "copies")]
      case .kinds: [("Enter", "shows or hides")]
      case .columns: [("Enter", "shows or hides"), ("- +", "move it")]
      case .bursts: [("Enter", "sends"), ("^E", "edits"), ("^R", "renames"), ("^D", "deletes")]
      case .options: [("Enter", "sets")]
      }
    return own + [("Esc", "closes"), ("↑ ↓", "choose"), ("letters", "narrow")]
  }

  /// What a picker is about.
  func title(_ subject: Picker.Subject) -> String {
    switch subject {
    case .actions: "What to do"
    case .copy:
      "\(copySource?.count ?? 0) B of \(sockets.name(bytes.socket))"
        + (bytes.selection == nil ? "" : ", selected")
    case .kinds: "Rows"
    case .columns: "Columns"
    case .bursts: "Bursts"
    case .options(let name): "Options of \(name)"
    }
  }

  func items(_ subject: Picker.Subject) -> [Picker.Item] {
    switch subject {
    case .actions: actionItems
    case .copy:
      CopyForm.ofText.map {
        Picker.Item(choice: .copy($0), word: "copy as \($0.name)", sentence: sample(as: $0))
      }
        + CopyForm.allCases.map { Picker.Item(choice: .save($0), word: "to a file as \($0.name)") }
    case .kinds:
      RowKind.allCases.map {
        Picker.Item(
          choice: .kind($0), word: $0.word, sentence: $0.sentence, isOn: !filter.hidden.contains($0))
      }
    case .columns: columnItems
    case .bursts: burstItems
    case .options(let name): optionItems(name)
    }
  }

  /// How the first bytes look in a form.
  private func sample(as form: CopyForm) -> String {
    guard let sample = picker?.sample, !sample.bytes.isEmpty else { return "" }
    return form.text(sample.bytes) + (sample.isCut ? " …" : "")
  }

  private var actionItems: [Picker.Item] {
    keys.bindings.filter { $0.action != .palette }.map { binding in
      Picker.Item(
        choice: .action(binding.action), word: binding.action.word, sentence: binding.action.sentence,
        key: binding.chords.first?.label ?? "", obstacle: obstacle(binding.action))
    }
  }

  /// The columns shown, in their order, then the others.
  private var columnItems: [Picker.Item] {
    let others = Column.allCases.filter { !tableColumns.contains($0) }
    return (tableColumns + others).map {
      Picker.Item(
        choice: .column($0), word: $0.rawValue, sentence: $0.sentence, isOn: tableColumns.contains($0))
    }
  }

  /// What `set` can change on a socket of its kind, each with its value where that is known.
  private func optionItems(_ name: String) -> [Picker.Item] {
    guard let socket = sockets.id(named: name), let info = sockets.info(socket) else { return [] }
    let state = sockets.kernelState(of: socket)
    let rules = OptionRule.all.filter {
      $0.places.contains(.set) && $0.kinds.contains(info.kind)
        && ($0.name != .accept || info.role == .listener)
    }
    return rules.flatMap { rule in
      let value = optionValue(rule, info.policy, state)
      func item(
        _ words: String, _ meaning: String? = nil, isWhole: Bool = true, isOn: Bool? = nil
      ) -> Picker.Item {
        Picker.Item(
          choice: .command("set \(name) \(words)", isWhole: isWhole), word: words,
          sentence: meaning ?? rule.meaning, key: isOn == nil ? value ?? "" : "", isOn: isOn)
      }
      switch rule.value {
      case .toggle:
        guard let value else { return ["on", "off"].map { item("\(rule.word) \($0)") } }
        var toggle = item("\(rule.word) \(value == "on" ? "off" : "on")", isOn: value == "on")
        toggle.word = rule.word
        return [toggle]
      case .choice(let choices):
        return choices.map {
          choice in item("\(rule.word) \(choice.word)", choice.meaning, isOn: value.map { $0 == choice.word })
        }
      case .flags: return flagItems(name, info.policy.flags, rule)
      case .none, .name, .size, .duration, .durationOrOff, .group, .countOrOff:
        var value = item("\(rule.word) ", isWhole: false)
        value.word = rule.word
        return [value]
      }
    }
  }

  /// Each flag is turned over by itself, the others staying.
  private func flagItems(_ name: String, _ flags: MessageFlags, _ rule: OptionRule) -> [Picker.Item] {
    MessageFlags.receivable.map { flag, word, meaning in
      let changed = Setting.flags(flags.symmetricDifference(flag)).valueText
      return Picker.Item(
        choice: .command("set \(name) \(rule.word) \(changed)", isWhole: true), word: "\(rule.word) \(word)",
        sentence: meaning, isOn: flags.contains(flag))
    }
  }

  /// What an option is now: the session's own policy, or what the kernel says.
  private func optionValue(_ rule: OptionRule, _ policy: ReceivePolicy, _ state: KernelState?) -> String? {
    switch rule.name {
    case .recv: return "\(policy.size)"
    case .mode: return policy.mode.rawValue
    case .timeout: return Setting.timeout(policy.timeout).valueText
    case .pace: return Setting.pace(policy.pace).valueText
    case .lowat, .rcvbuf, .sndbuf, .nodelay, .cork, .quickack, .keepalive, .broadcast, .gro, .gso, .oobinline,
      .peekOff,
      .linger, .flags, .accept, .atEnd, .as, .udp, .unix, .unixDatagram, .seqpacket, .paused, .backlog,
      .reuseport,
      .reuseaddr, .v6only, .join, .leave:
      // The meaning begins with the kernel's name for it.
      let name = rule.meaning.prefix { $0 != ":" && $0 != " " }
      return state?.facts.first { $0.name == name }?.value
    }
  }
}
