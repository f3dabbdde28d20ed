import Traffic

/// A rule, and the sequence number of the first record that it is for.
struct FollowedRule {
  let rule: AnswerRule
  let first: Int
  /// The groups of its pattern that its answer sends.
  let groups: Set<Int>
  var matchers: [SocketID: PatternMatcher] = [:]

  init(rule: AnswerRule, first: Int) {
    self.rule = rule
    self.first = first
    groups = if case .send(let burst) = rule.action { burst.groups } else { [] }
  }
}

/// A rule that is to be followed now.
struct MatchedRule {
  let rule: AnswerRule
  /// What the groups of its pattern held, or why it cannot be followed.
  let groups: Result<[[UInt8]], Unanswerable>
}

/// Why something is not answered although a rule is for it.
struct Unanswerable: Error {
  let reason: String
}

/// What an answerer knows of the sockets that it follows. It forgets those that are closed.
struct Followed {
  /// What is to be answered, and where in the bytes of its record it ends.
  private struct Match {
    var end: Int64
    var place: Int
    var groups: Result<[[UInt8]], Unanswerable>
  }

  let session: SocketID
  let journal: Journal
  var rules: [FollowedRule] = []
  private var messages: MessageFollowers
  /// Which of the sockets that have a record here are of the session.
  private var isOurs: [SocketID: Bool] = [:]

  init(session: SocketID, journal: Journal) {
    self.session = session
    self.journal = journal
    messages = MessageFollowers(journal, isFramed: true)
  }

  /// The rules that are for what a record brought, in the order of the answers.
  mutating func matches(_ record: Record, _ payload: ArraySlice<UInt8>?, at sequence: Int) -> [MatchedRule] {
    guard isOfSession(record.socket) else { return [] }
    var found: [Match] = []
    if record.kind == .recv, record.takes, let payload, !payload.isEmpty {
      found = streamMatches(payload, of: record.socket, at: sequence)
    }
    if rules.contains(where: \.rule.asksMessages) { found += messageMatches(record, payload, at: sequence) }
    return found.sorted { ($0.end, $0.place) < ($1.end, $1.place) }
      .map { MatchedRule(rule: rules[$0.place].rule, groups: $0.groups) }
  }

  private mutating func isOfSession(_ socket: SocketID) -> Bool {
    if let known = isOurs[socket] { return known }
    let isOurs = socket == session || journal.socket(socket)?.info.parent == session
    self.isOurs[socket] = isOurs
    return isOurs
  }

  /// The rules whose patterns end in a chunk.
  private mutating func streamMatches(
    _ bytes: ArraySlice<UInt8>, of socket: SocketID, at sequence: Int
  ) -> [Match] {
    var found: [Match] = []
    for place in rules.indices where rules[place].first <= sequence {
      guard case .stream(let pattern) = rules[place].rule.trigger else { continue }
      // Rules that came at different times count from different bytes.
      let before = rules[place].matchers[socket]?.position ?? 0
      let wanted = rules[place].groups
      let ends = rules[place].matchers[
        socket, default: PatternMatcher(pattern, keepsGroups: !wanted.isEmpty)
      ].search(bytes)
      let groups = wanted.isEmpty ? [] : rules[place].matchers[socket]?.groups ?? []
      for (index, end) in ends.enumerated() {
        found.append(
          Match(
            end: end - before, place: place,
            groups: wanted.isEmpty ? .success([]) : Self.known(groups[index], wanted)))
      }
    }
    return found
  }

  /// The groups, with nothing for those that nobody wants.
  private static func known(_ groups: [[UInt8]?], _ wanted: Set<Int>) -> Result<[[UInt8]], Unanswerable> {
    if wanted.contains(where: { groups[$0 - 1] == nil }) {
      return .failure(
        Unanswerable(
          reason: "a group began more than \(PatternMatcher.groupReach) bytes before the end of its match"))
    }
    return .success(groups.map { $0 ?? [] })
  }

  /// When a pause will have ended a message that is to be answered, unless more comes; nil if none waits for
  /// that.
  var pauseEnd: Nanoseconds? { messages.pauseEnd }

  /// The rules that are for what a pause has ended up to a time.
  mutating func matches(atPause time: Nanoseconds) -> [(socket: SocketID, rule: MatchedRule)] {
    messages.pause(until: time).flatMap { socket, found in
      matches([found.message], on: socket, from: 0, at: .max).map { match in
        (socket, MatchedRule(rule: rules[match.place].rule, groups: match.groups))
      }
    }
  }

  /// The rules for the messages that a record completes.
  private mutating func messageMatches(
    _ record: Record, _ payload: ArraySlice<UInt8>?, at sequence: Int
  ) -> [Match] {
    let completed = messages.take(record, sequence, payload: payload) { [journal] in
      journal.socket($0)?.info.parent
    }.completed
    // Whoever closes a socket wants no answer on it.
    if record.kind == .close { return [] }
    return matches(completed.map(\.message), on: record.socket, from: record.offset, at: sequence)
  }

  /// One that is broken, or of which bytes are no longer held, is answered by nobody: it is not known what it
  /// is.
  /// - Parameter offset: from which their ends count.
  private func matches(
    _ messages: [FramedMessage], on socket: SocketID, from offset: Int64, at sequence: Int
  ) -> [Match] {
    var found: [Match] = []
    for message in messages where message.way == .received {
      let end = message.range.upperBound - offset
      let bytes = message.broken == nil ? journal.asked(of: message, on: socket) : nil
      for place in rules.indices where rules[place].first <= sequence {
        guard case .message(let pattern) = rules[place].rule.trigger else { continue }
        if let bytes {
          let groups = pattern.map { $0.groups(in: bytes[...]) } ?? []
          if let groups { found.append(Match(end: end, place: place, groups: .success(groups))) }
        } else {
          let why = message.broken.map { "is broken: \($0.rawValue)" } ?? "is no longer held whole (--memory)"
          let reason = Unanswerable(reason: "message \(message.number) \(why)")
          found.append(Match(end: end, place: place, groups: .failure(reason)))
        }
      }
    }
    return found
  }

  func isOpen(_ socket: SocketID) -> Bool { journal.socket(socket)?.totals.isClosed == false }

  mutating func forget(_ socket: SocketID) {
    isOurs[socket] = nil
    messages.forget(socket)
    for place in rules.indices { rules[place].matchers[socket] = nil }
  }

  /// The same where the records of the closes are gone.
  mutating func forgetClosed() { for socket in Array(isOurs.keys) where !isOpen(socket) { forget(socket) } }
}
