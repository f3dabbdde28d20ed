import Traffic

extension Prompt {
  /// What the line says so far.
  enum Reading: Sendable {
    case nothing
    case command(Command, preview: String)
    case place(RecordPlace)
    case burst(Burst, preview: String)
    case label(BurstLabel, preview: String)
    case file(SaveRequest)
    case pattern(FindPattern)
    case filter(Filter)
    case query(String)
    case mistake(SyntaxError)
    /// Right as text, but it cannot be done.
    case refused(String)
  }

  var reading: Reading {
    let text = editor.text
    if text.allSatisfy({ $0 == " " }) { return .nothing }
    if let refusal { return .refused(refusal) }
    if case .find = kind, let obstacle { return .refused(obstacle) }
    do throws(SyntaxError) {
      switch kind {
      case .command:
        if let place = RecordPlace(text) { return .place(place) }
        let word = String(text.drop { $0 == " " }.prefix { $0 != " " })
        if CommandRule.rule(named: word)?.place == .lab {
          return .refused("\(word) stands in a lab, which stops there")
        }
        let command = try Command(parsing: text)
        switch command {
        case .send(_, let burst), .type(_, let burst):
          return reading(burst) { .command(command, preview: $0) }
        default: return .command(command, preview: hint)
        }
      case .send:
        let burst = try Burst(parsing: text)
        return reading(burst) { .burst(burst, preview: $0) }
      case .name(let naming): return naming.reading(try BurstLabel(parsing: text))
      case .find: return .pattern(try FindPattern(parsing: text))
      case .filter: return .filter(try Filter(parsing: text))
      case .query: return .query(text)
      case .save(let form, let source):
        return .file(SaveRequest(path: text, form: form, source: source))
      }
    } catch {
      return .mistake(error)
    }
  }

  /// The files whose bytes what stands here would send.
  var files: [String] {
    // Most lines have none: they need not be read for it.
    guard editor.text.contains("@") else { return [] }
    switch reading {
    case .burst(let burst, _), .command(.send(_, let burst), _), .command(.type(_, let burst), _):
      return burst.files
    case .nothing, .command, .place, .label, .file, .pattern, .filter, .query, .mistake, .refused: return []
    }
  }

  /// True if one of its files cannot be sent.
  var missesFiles: Bool {
    files.contains { if case .failed? = looks[$0] { true } else { false } }
  }

  private func reading(_ burst: Burst, _ reading: (String) -> Reading) -> Reading {
    do throws(BurstError) {
      return reading(try BurstSummary(burst) { looks[$0] ?? .unknown }.text)
    } catch {
      return .refused(error.message)
    }
  }

  /// What can be typed here.
  var hint: String {
    switch kind {
    case .name: return "F1 to F12 if you like, and a name: F2 hello"
    case .send: return "\"text\\n\"  0xff00  100ms  \"a\"*50  zeros(1k)  @file"
    case .find(let find): return find.hint
    case .filter:
      let field = FilterCompletion(editor.textBeforeCursor, sockets: []).field
      return field.flatMap(FilterField.named)?.usage
        ?? "asked>100 and waited>5ms  why=drained  socket=server.*  data~\"GET\"  any(errno=ECONNRESET)"
    case .query:
      return
        "select seq, asked, returned, why from chunks where waited > 5000000   tables: records sockets messages; views: chunks sends whys losses"
    case .save: return "a new file with mode 0600; one that is there already stays as it is"
    case .command:
      let word = String(editor.text.prefix { $0 != " " })
      if let rule = CommandRule.rule(named: word) { return "\(word) \(rule.usage): \(rule.meaning)" }
      if RecordPlace(word) != nil { return RecordPlace.meaning }
      if let action = Action.spoken[word] { return "\(word): \(action.sentence)" }
      let known = CommandRule.all.filter { $0.place != .lab }.map(\.name.rawValue).filter {
        $0.hasPrefix(word)
      }
      return known.isEmpty ? "no command begins with \(word)" : known.joined(separator: "  ")
    }
  }
}

extension Action {
  /// What people type who know other programs.
  static let spoken: [String: Action] = [
    "q": .quit, "quit": .quit, "exit": .quit, "help": .help, "theme": .theme,
  ]
}
