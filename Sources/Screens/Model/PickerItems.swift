import Traffic

extension Model {
  /// What a picker is about, and how it is used where that is not plain.
  func title(_ subject: Picker.Subject) -> String {
    switch subject {
    case .actions: "What to do"
    case .copy: "\(bytes.selected.count) B of \(sockets.name(bytes.socket))"
    case .kinds: "Rows: Enter shows or hides, Esc is done"
    case .columns: "Columns: Enter shows or hides, - + move, Esc is done"
    case .bursts: "Bursts: Enter sends, ^E edits, ^R renames, ^D deletes"
    case .options(let name): "Options of \(name)"
    }
  }

  func items(_ subject: Picker.Subject) -> [Picker.Item] {
    switch subject {
    case .actions: actionItems
    case .copy: CopyForm.allCases.map { Picker.Item(choice: .copy($0), word: $0.words) }
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
    guard let place = sockets.infos.firstIndex(where: { $0.name == name }) else { return [] }
    let info = sockets.infos[place]
    let rules = OptionRule.all.filter {
      $0.places.contains(.set) && $0.kinds.contains(info.kind)
        && ($0.name != .accept || info.role == .listener)
    }
    return rules.flatMap { rule in
      let value = optionValue(rule, info)
      func item(_ words: String, isWhole: Bool = true, isOn: Bool? = nil) -> Picker.Item {
        Picker.Item(
          choice: .command("set \(name) \(words)", isWhole: isWhole), word: words, sentence: rule.meaning,
          key: isOn == nil ? value ?? "" : "", isOn: isOn)
      }
      switch rule.value {
      case .toggle:
        guard let value else { return ["on", "off"].map { item("\(rule.word) \($0)") } }
        var toggle = item("\(rule.word) \(value == "on" ? "off" : "on")", isOn: value == "on")
        toggle.word = rule.word
        return [toggle]
      case .choice(let words):
        return words.map { word in item("\(rule.word) \(word)", isOn: value.map { $0 == word }) }
      case .none, .name, .size, .duration, .durationOrOff, .flags, .group, .countOrOff:
        return [item("\(rule.word) ", isWhole: false)]
      }
    }
  }

  /// What an option is now: the session's own policy, or what the kernel says.
  private func optionValue(_ rule: OptionRule, _ info: SocketInfo) -> String? {
    switch rule.name {
    case .recv: return "\(info.policy.size)"
    case .mode: return info.policy.mode.rawValue
    case .flags: return Setting.flags(info.policy.flags).valueText
    case .timeout: return Setting.timeout(info.policy.timeout).valueText
    case .pace: return Setting.pace(info.policy.pace).valueText
    case .lowat, .rcvbuf, .sndbuf, .nodelay, .cork, .quickack, .keepalive, .broadcast, .gro, .gso, .peekOff,
      .linger, .accept, .atEnd, .as, .udp, .unix, .unixDatagram, .seqpacket, .paused, .backlog, .reuseport,
      .reuseaddr, .v6only, .join, .leave:
      // The meaning begins with the kernel's name for it.
      let name = rule.meaning.prefix { $0 != ":" && $0 != " " }
      guard let known = kernelState, sockets.name(known.socket) == info.name else { return nil }
      return known.state.facts.first { $0.name == name }?.value
    }
  }
}
