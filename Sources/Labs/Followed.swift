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
  /// What the groups of its pattern held; nil if one that is to be sent is not known any more.
  let groups: [[UInt8]]?
}

/// What an answerer knows of the sockets that it follows. It forgets those that are closed.
struct Followed {
  let session: SocketID
  let journal: Journal
  var rules: [FollowedRule] = []
  /// Which of the sockets that have received something are of the session.
  private var isOurs: [SocketID: Bool] = [:]

  init(session: SocketID, journal: Journal) {
    self.session = session
    self.journal = journal
  }

  /// True for bytes of a stream, or a datagram, that a socket of the session has received.
  mutating func isOfUse(_ record: Record) -> Bool {
    guard record.kind == .recv, record.takes else { return false }
    let socket = record.socket
    if let known = isOurs[socket] { return known }
    let isOurs = socket == session || journal.socket(socket)?.info.parent == session
    self.isOurs[socket] = isOurs
    return isOurs
  }

  /// The rules whose patterns end in a chunk, in the order of the answers.
  mutating func matches(_ bytes: ArraySlice<UInt8>, of record: Record, at sequence: Int) -> [MatchedRule] {
    var found: [(end: Int64, place: Int, groups: [[UInt8]]?)] = []
    for place in rules.indices where rules[place].first <= sequence {
      let pattern = rules[place].rule.pattern
      // Rules that came at different times count from different bytes.
      let before = rules[place].matchers[record.socket]?.position ?? 0
      let wanted = rules[place].groups
      let ends = rules[place].matchers[
        record.socket, default: PatternMatcher(pattern, keepsGroups: !wanted.isEmpty)
      ].search(bytes)
      let groups = wanted.isEmpty ? [] : rules[place].matchers[record.socket]?.groups ?? []
      for (index, end) in ends.enumerated() {
        found.append((end - before, place, wanted.isEmpty ? [] : Self.known(groups[index], wanted)))
      }
    }
    return found.sorted { ($0.end, $0.place) < ($1.end, $1.place) }
      .map { MatchedRule(rule: rules[$0.place].rule, groups: $0.groups) }
  }

  /// The groups, with nothing for those that nobody wants; nil if a wanted one is not known.
  private static func known(_ groups: [[UInt8]?], _ wanted: Set<Int>) -> [[UInt8]]? {
    wanted.contains { groups[$0 - 1] == nil } ? nil : groups.map { $0 ?? [] }
  }

  func isOpen(_ socket: SocketID) -> Bool { journal.socket(socket)?.totals.isClosed == false }

  mutating func forget(_ socket: SocketID) {
    isOurs[socket] = nil
    for place in rules.indices { rules[place].matchers[socket] = nil }
  }

  /// The same where the records of the closes are gone.
  mutating func forgetClosed() { for socket in Array(isOurs.keys) where !isOpen(socket) { forget(socket) } }
}
