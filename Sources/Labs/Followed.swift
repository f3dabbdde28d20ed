import Traffic

/// A rule, and the sequence number of the first record that it is for.
struct FollowedRule {
  let rule: AnswerRule
  let first: Int
  var matchers: [SocketID: PatternMatcher] = [:]
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
  mutating func matches(_ bytes: ArraySlice<UInt8>, of record: Record, at sequence: Int) -> [AnswerRule] {
    var found: [(end: Int64, place: Int)] = []
    for place in rules.indices where rules[place].first <= sequence {
      let pattern = rules[place].rule.pattern
      // Rules that came at different times count from different bytes.
      let before = rules[place].matchers[record.socket]?.position ?? 0
      let ends = rules[place].matchers[record.socket, default: PatternMatcher(pattern)].search(bytes)
      found += ends.map { ($0 - before, place) }
    }
    return found.sorted { ($0.end, $0.place) < ($1.end, $1.place) }.map { rules[$0.place].rule }
  }

  func isOpen(_ socket: SocketID) -> Bool { journal.socket(socket)?.totals.isClosed == false }

  mutating func forget(_ socket: SocketID) {
    isOurs[socket] = nil
    for place in rules.indices { rules[place].matchers[socket] = nil }
  }

  /// The same where the records of the closes are gone.
  mutating func forgetClosed() { for socket in Array(isOurs.keys) where !isOpen(socket) { forget(socket) } }
}
