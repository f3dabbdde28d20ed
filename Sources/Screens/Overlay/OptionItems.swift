import Traffic

extension Picker.Item {
  /// What `set` can change on a socket of its kind, each with its value where that is known.
  static func options(_ info: SocketInfo, _ state: KernelState?) -> [Picker.Item] {
    let name = info.name
    let rules = OptionRule.all.filter {
      $0.places.contains(.set) && $0.kinds.contains(info.kind)
        && (info.isRelayed ? $0.places.contains(.relay) : !$0.isRelays)
        && ($0.name != .accept || info.role == .listener)
    }
    return rules.flatMap { rule in
      let value = value(rule, info.policy, state)
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
      case .flags: return flags(name, info.policy.flags, rule)
      case .none, .name, .size, .duration, .durationOrOff, .group, .countOrOff, .address, .sizes, .sizeOrOff,
        .number, .recorded:
        var value = item("\(rule.word) ", isWhole: false)
        value.word = rule.word
        return [value]
      }
    }
  }

  /// Each flag is turned over by itself, the others staying.
  private static func flags(_ name: String, _ flags: MessageFlags, _ rule: OptionRule) -> [Picker.Item] {
    MessageFlags.receivable.map { flag, word, meaning in
      let changed = Setting.flags(flags.symmetricDifference(flag)).valueText
      return Picker.Item(
        choice: .command("set \(name) \(rule.word) \(changed)", isWhole: true), word: "\(rule.word) \(word)",
        sentence: meaning, isOn: flags.contains(flag))
    }
  }

  /// What an option is now: the session's own policy, or what the kernel says.
  private static func value(_ rule: OptionRule, _ policy: ReceivePolicy, _ state: KernelState?) -> String? {
    switch rule.name {
    case .recv: return "\(policy.size)"
    case .mode: return policy.mode.rawValue
    case .edge: return Setting.edge(policy.isEdge).valueText
    case .timeout: return Setting.timeout(policy.timeout).valueText
    case .pace: return Setting.pace(policy.pace).valueText
    case .lowat, .rcvbuf, .sndbuf, .nodelay, .cork, .quickack, .keepalive, .broadcast, .gro, .gso, .oobinline,
      .peekOff,
      .linger, .flags, .accept, .atEnd, .as, .udp, .unix, .unixDatagram, .seqpacket, .paused, .backlog,
      .reuseport,
      .reuseaddr, .v6only, .join, .leave, .from, .up, .down, .slice, .seed, .gap, .proof, .coalesce, .delay,
      .rate,
      .buffer, .halfCloseLimit, .replay, .received, .wait, .within:
      // The meaning begins with the kernel's name for it.
      let name = rule.meaning.prefix { $0 != ":" && $0 != " " }
      return state?.facts.first { $0.name == name }?.value
    }
  }
}
