@testable import Traffic

/// What has to hold for any input of the parsers.
enum FuzzCheck {
  private static let mostActions = 500
  private static let mostBytes = Int64(1 << 12)

  /// What does not hold; nil if all does.
  static func problem(_ input: FuzzCase) -> String? {
    switch input.kind {
    case .burst: problem(burst: input.text)
    case .filter: problem(filter: input.text)
    case .line: problem(line: input.text) ?? problem(lab: input.bytes)
    }
  }

  private static func problem(burst text: String) -> String? {
    do throws(SyntaxError) {
      return problem(try Burst(parsing: text))
    } catch {
      return problem(error, in: text)
    }
  }

  /// Its text reads as the same filter, what passes is what it says can pass, and nothing passes both it and its `not`.
  private static func problem(filter text: String) -> String? {
    _ = FilterCompletion(text, sockets: ["server.1"])
    do throws(SyntaxError) {
      let filter = try Filter(parsing: text)
      let again = try? Filter(parsing: filter.expression.text)
      if again != filter { return "\(filter.expression.text) reads as another filter" }
      let opposite = Filter(.not(filter.expression))
      let around = FilterSurroundings(
        info: { _ in nil }, address: { _ in "a:1" }, origins: { _ in [1, 2] },
        payload: { _ in Array(text.utf8)[...] }, sockets: filter.noSockets)
      for record in records {
        _ = filter.note(record, 1, around)
        let (passes, isOpposite) = (filter.passes(record, 1, around), opposite.passes(record, 1, around))
        if passes && isOpposite { return "\(record.kind) passes it and its not" }
        if passes, !filter.kinds.contains(RecordKinds(record)) {
          return "\(record.kind) passes, but is skipped"
        }
        if isOpposite, !opposite.kinds.contains(RecordKinds(record)) {
          return "\(record.kind) passes its not, but is skipped"
        }
      }
      return nil
    } catch {
      return problem(error, in: text)
    }
  }

  private static let records = Record.Kind.allCases.flatMap { kind in
    [0, 5, -11, -104].map { (result: Int32) in
      var record = Record(kind, socket: SocketID(1), start: 10, end: 20)
      record.result = result
      return record
    }
  }

  private static func problem(line: String) -> String? {
    _ = try? AddressText(parsing: line)
    _ = try? Command(parsing: line.split(separator: " ").map(String.init))
    if let label = try? BurstLabel(parsing: line), (try? BurstLabel(parsing: label.text)) != label {
      return "the label \(label.text) reads as another"
    }
    if let problem = problem(pattern: line) { return problem }
    do throws(SyntaxError) {
      return problem(try Command(parsing: line), line)
    } catch {
      return problem(error, in: line)
    }
  }

  /// What is to be found reads as the same again, or its mistake has its place.
  private static func problem(pattern text: String) -> String? {
    do throws(SyntaxError) {
      let pattern = try FindPattern(parsing: text)
      return (try? FindPattern(parsing: pattern.text)) == pattern
        ? nil : "\(pattern.text) reads as another pattern"
    } catch {
      return problem(error, in: text)
    }
  }

  /// A lab of the line twice, as a file has it: it may be no UTF-8.
  private static func problem(lab line: [UInt8]) -> String? {
    let bytes = line + [0x0a] + line
    do throws(LabMistakes) {
      _ = try Lab(parsing: bytes)
      return nil
    } catch {
      // It may begin with a byte order mark, which is none of its text.
      let scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars
      let text = String(scalars.first == "\u{feff}" ? scalars.dropFirst() : scalars[...])
      let lines = error.first.map(\.line)
      if lines.isEmpty || zip(lines, lines.dropFirst()).contains(where: { $0 >= $1 }) {
        return "mistakes in the lines \(lines)"
      }
      return error.first.lazy.compactMap { problem($0, in: text) }.first
    }
  }

  /// A mistake stands in the text, and can be shown.
  private static func problem(_ error: SyntaxError, in text: String) -> String? {
    let rows = text.utf8.split(separator: 0x0a, omittingEmptySubsequences: false)
    guard rows.indices.contains(error.line - 1) else { return "line \(error.line) of \(rows.count)" }
    var row = Array(rows[error.line - 1])
    if row != Array(error.source.utf8), row.last == 0x0d { row.removeLast() }
    if row != Array(error.source.utf8) { return "the source of line \(error.line) is \(error.source)" }
    guard (1...error.source.count + 1).contains(error.column) else {
      return "column \(error.column) of \(error.source.count)"
    }
    if error.message.isEmpty { return "a mistake without a message" }
    return error.rendered(in: "a.lab").hasSuffix("^\n") ? nil : "the mistake is shown without a caret"
  }

  private static func problem(_ command: Command, _ line: String) -> String? {
    switch command {
    case .send(_, let burst), .type(_, let burst): return problem(burst)
    case .expect(_, .data(let pieces)):
      return pieces.lazy.filter { !$0.steps.isEmpty }.compactMap { problem($0) }.first
    case .expect(_, .match(let regex)): return problem(regex, line)
    case .expect(_, .records(_, let filter)): return problem(filter: filter.text)
    case .shake(let order):
      if (try? CutChoice(parsing: order.cuts.text)) != order.cuts {
        return "\(order.cuts.text) cuts elsewhere"
      }
      if (try? AnswerBlanks(parsing: order.ignored)) == nil { return "what is ignored cannot be read again" }
      guard case .bursts(let bursts) = order.dialogue else { return nil }
      return bursts.lazy.compactMap { problem($0) }.first
    case .define(let named):
      if (try? Burst(parsing: named.text)) != named.burst { return "\(named.text) is another burst" }
      return problem(named.burst)
    case .on(_, let rule):
      if let pattern = rule.trigger.pattern {
        var matcher = PatternMatcher(pattern)
        let bytes = Array(line.utf8)
        if matcher.search(bytes).isEmpty != (pattern.groups(in: bytes[...]) == nil) {
          return "\(pattern.text) is found in one way and not in the other"
        }
      }
      let groups = rule.trigger.answerGroups
      if case .regex(let regex)? = rule.trigger.pattern, let problem = problem(regex, line) { return problem }
      switch rule.action {
      case .send(let burst):
        return problem(burst, answering: groups) ?? problem(played: burst.answering([Array("id".utf8), []]))
      case .perform(let command, let text):
        return (try? Command(parsing: text)) == command ? nil : "\(text) is another command"
      }
    case .question(let question):
      return question.choices.allSatisfy { $0.outcome.holds($0.outcome.sample) }
        ? nil : "a choice that nothing makes right"
    case .reveal(let reveal):
      let line = "reveal by \(reveal.name) \(reveal.measure.text) because \"x\""
      guard case .reveal(let again)? = try? Command(parsing: line) else {
        return "\(line) cannot be read again"
      }
      return again.measure.text == reveal.measure.text ? nil : "\(line) looks at something else"
    case .frame(_, _, _, let framing):
      return (try? Framing(parsing: framing.text)) == framing ? nil : "\(framing.text) is another framing"
    case .relay(let address, let target, _): return problem(address) ?? problem(target)
    case .release(_, _, _, let burst): return burst.flatMap(problem)
    case .sendTo(_, let address, let burst): return problem(address) ?? problem(burst)
    case .listen(let address, _), .connect(let address, _), .expect(_, .local(let address)),
      .expect(_, .peer(let address)):
      return problem(address)
    case .expect, .ask, .recv, .accept, .set, .suspend, .resume, .shutdown, .close, .pause, .wait, .mark,
      .burst, .hold, .drop, .statistics, .watch, .wire, .record, .endRecording, .save, .export, .compare,
      .say,
      .discuss, .hint,
      .step, .again, .trials, .labs, .handout:
      return nil
    }
  }

  private static func problem(_ address: AddressText) -> String? {
    (try? AddressText(parsing: address.text)) == address ? nil : "\(address.text) reads as another address"
  }

  /// Matches with their groups are the same as without, whatever the chunks, and the groups stand in the stream.
  private static func problem(_ regex: ByteRegex, _ stream: String) -> String? {
    let bytes = Array(stream.utf8)
    var plain = PatternMatcher(.regex(regex))
    var whole = PatternMatcher(.regex(regex), keepsGroups: true)
    var single = whole
    let ends = plain.search(bytes)
    if regex.groups == 0 { return nil }
    if whole.search(bytes) != ends { return "\(regex.text) matches elsewhere with its groups" }
    let groups = bytes.flatMap { byte in
      _ = single.search([byte])
      return single.groups
    }
    if groups != whole.groups || groups.count != ends.count {
      return "\(regex.text) has other groups byte by byte"
    }
    for case let group? in groups.joined() where !group.isEmpty {
      var search = BytesSearch(group)
      if !bytes.contains(where: { search.accept($0) }) { return "\(group) is a group, and not in the stream" }
    }
    return nil
  }

  /// The printer's text reads as the same burst, which does what it is said to do.
  private static func problem(_ burst: Burst, answering groups: AnswerGroups = .none) -> String? {
    if (try? Burst(parsing: burst.text, answering: groups)) != burst {
      return "\(burst.text) reads as another burst"
    }
    return problem(played: burst)
  }

  /// What a burst is said to be is what it does.
  private static func problem(played burst: Burst) -> String? {
    guard let summary = try? burst.summary, !summary.text.isEmpty else { return "a burst without a summary" }
    guard summary.measure.actions <= mostActions, summary.measure.bytes <= mostBytes,
      var schedule = try? BurstSchedule(burst, file: { _ in [1, 2, 3] }),
      schedule.measure.actions <= mostActions, schedule.measure.bytes <= mostBytes
    else { return nil }
    guard let known = try? BurstSummary(burst, look: { _ in .size(3) }), known.measure == schedule.measure
    else {
      return "with the sizes of its files it is said to be another burst"
    }
    return problem(&schedule, summary)
  }

  private static func problem(_ schedule: inout BurstSchedule, _ summary: BurstSummary) -> String? {
    let measure = schedule.measure
    var (sends, actions, bytes, time) = (0, 0, Int64(0), Nanoseconds(0))
    while let action = schedule.next() {
      if action.step != actions || action.time < time { return "action \(actions) is out of order" }
      time = action.time
      switch action.action {
      case .send(let payload), .sendFlagged(let payload, _):
        (sends, bytes) = (sends + 1, bytes + Int64(payload.count))
      case .cork, .uncork, .shutdown, .close, .reset: break
      }
      if summary.measure.isTimeExact, actions < summary.first.count, summary.first[actions].time != time {
        return "action \(actions) is said to come at \(summary.first[actions].time), and comes at \(time)"
      }
      actions += 1
      // A macro whose width nobody knew beforehand makes more of it.
      if actions > 100 * mostActions { return nil }
    }
    func agrees<Value: Comparable>(_ real: Value, _ said: Value, _ isExact: Bool) -> Bool {
      isExact ? real == said : real >= said
    }
    if !agrees(bytes, measure.bytes, measure.isExact) { return "\(bytes) bytes, said to be \(measure.bytes)" }
    let exact = measure.isTimeExact
    if !agrees(sends, measure.sends, exact) { return "\(sends) sends, said to be \(measure.sends)" }
    if !agrees(actions, measure.actions, exact) { return "\(actions) actions, said to be \(measure.actions)" }
    return agrees(schedule.time, measure.length, exact)
      ? nil : "it lasts \(schedule.time), said to be \(measure.length)"
  }
}

extension Choice.Outcome {
  /// Something that makes it right.
  fileprivate var sample: Finding {
    switch self {
    case .results(let results): .results(results)
    case .count(let range): .count(range.upperBound)
    case .time(let range): .time(range.lowerBound)
    case .ready(let ready): .ready(ready)
    }
  }
}
