import Traffic

/// What the word before the cursor of the `:` prompt can become.
struct Completion {
  /// Words that fit, in the order of help.
  let words: [String]
  /// The word typed so far.
  let typed: String
  /// What follows a word that is whole.
  private var ending = " "

  init(words: [String], typed: String, ending: String) {
    self.words = words
    self.typed = typed
    self.ending = ending
  }

  /// Of a condition. A field goes on with how it is compared.
  init(ofCondition textBeforeCursor: String, sockets: [String]) {
    let completion = FilterCompletion(textBeforeCursor, sockets: sockets)
    let goesOn = completion.words.first.map { FilterField.named($0) != nil || $0.hasSuffix("(") } ?? false
    self.init(words: completion.words, typed: completion.typed, ending: goesOn ? "" : " ")
  }

  /// Of a macro in a burst, whose words have their own ends.
  init(_ macro: MacroCompletion) { self.init(words: macro.words, typed: macro.typed, ending: "") }

  init(_ textBeforeCursor: String, sockets: [String]) {
    let parts = textBeforeCursor.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    let typed = parts.last ?? ""
    self.typed = typed
    let candidates: [String]
    if parts.count <= 1 {
      candidates = CommandRule.all.filter { $0.place != .lab }.map(\.name.rawValue)
    } else if let rule = CommandRule.rule(named: parts[0]) {
      candidates = Self.arguments(
        of: rule, before: parts.dropFirst().dropLast(), typed: typed, sockets: sockets)
    } else {
      candidates = []
    }
    words = candidates.filter { $0.hasPrefix(typed) && $0 != typed }
  }

  private static func arguments(
    of rule: CommandRule, before: ArraySlice<String>, typed: String, sockets: [String]
  ) -> [String] {
    if rule.name == .again { return OptionRule.all.filter { $0.places.contains(.set) }.map(\.word) }
    if typed.hasPrefix("-") { return rule.options.map(\.word) + Self.plainOptions(of: rule) }
    let options = rule.options.filter { $0.word == before.last }
    if case .choice(let choices)? = options.first?.value { return choices.map(\.word) }
    if case .flags? = options.first?.value { return MessageFlags.words.map(\.word) }
    if before.isEmpty {
      switch rule.name {
      case .connect, .send, .recv, .accept, .select, .poll, .epoll, .on, .set, .pause, .resume, .shutdown,
        .close, .wait, .expect, .burst, .hold, .release, .drop, .frame, .stats,
        .type:
        return sockets
      case .define: return BurstLabel.keys.map { "F\($0)" }
      case .wire: return ["on", "off"]
      case .record: return ["stop"]
      case .save, .compare, .handout: return []
      case .export: return ExportKind.allCases.map(\.rawValue)
      case .listen, .mark, .watch, .shake, .again, .trials, .labs, .say, .ask, .discuss, .hint, .step,
        .reveal:
        return []
      case .relay: return sockets
      }
    }
    let ways = Direction.allCases.map(\.word)
    if before.count > 1 {
      if rule.name == .frame, ways.contains(before.last ?? "") { return ["from"] + Framing.typedWords }
      if rule.name == .hold, before.count == 2 { return ["messages", "within"] }
      if rule.name == .release { return ["with"] }
      return rule.options.map(\.word)
    }
    switch rule.name {
    case .shutdown: return ["write", "read", "both"]
    case .close: return ["--reset"]
    case .wait: return ["sent", "end", "recv", "bytes", "messages", "listen", "exit"]
    case .expect:
      return [
        "recv", "send", "bytes", "data", "messages", "message", "records", "ready", "local", "peer", "exit",
        "cuts",
      ]
    case .burst: return BurstOrder.allCases.map(\.rawValue)
    case .listen, .connect, .set, .relay: return rule.options.map(\.word)
    case .frame: return ways + ["from"] + Framing.typedWords
    case .hold, .release, .drop: return Way.allCases.map(\.rawValue)
    case .stats: return ["--json"]
    case .trials: return ["recv=1,10,100,1k,64k"]
    case .select, .poll, .epoll: return ["within"]
    case .send: return ["to"]
    case .on: return ["message"]
    case .watch: return WatchOrder.optionWords
    case .shake: return ShakeOrder.optionWords
    case .handout: return ["--blank"]
    case .recv, .accept, .pause, .resume, .mark, .define, .type, .wire, .record, .save, .export, .compare,
      .again,
      .labs, .say,
      .ask, .discuss,
      .hint,
      .step, .reveal:
      return []
    }
  }

  /// Words with dashes that are no options of sessions.
  private static func plainOptions(of rule: CommandRule) -> [String] {
    let options: [CommandRule.Name: String] = [.close: "--reset", .stats: "--json", .handout: "--blank"]
    return options[rule.name].map { [$0] } ?? []
  }

  /// What can be added without a choice: the part all words have in common, and the ending after the only one. A word
  /// that ends in `/` is a folder, and not whole.
  var addition: String {
    guard let first = words.first else { return "" }
    var common = first
    for word in words.dropFirst() { while !word.hasPrefix(common) { common.removeLast() } }
    let isWhole = words.count == 1 && !first.hasSuffix("/")
    return String(common.dropFirst(typed.count)) + (isWhole ? ending : "")
  }
}
