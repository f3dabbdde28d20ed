/// Makes statistics of what a journal holds, oldest first and a piece at a time, and goes on with what comes later.
public struct JournalStatistics: Sendable {
  private static let records = 1024
  /// Sockets fewer than these are not worth a look for those that are gone.
  private static let leastPruned = 4096

  private let journal: Journal
  private let scope: StatisticsScope
  /// For which sockets an `any( )` holds, as far as was looked.
  private var sockets: FilterSockets?
  private var gathered = 0
  /// Of sockets whose bytes are cut into messages; nil where they are not.
  private var followers: [SocketID: MessageFollower?] = [:]
  /// The newest of those without, as most records are of the same socket as the one before.
  private var unframed = SocketID.none
  /// Records before this sequence number were there when counting began: what they say of framings was known.
  private var begun: Int
  /// Of the one socket, when counting began.
  private var framings: Framings?
  /// All has to be counted anew: more sockets pass, or bytes are cut in another way.
  private var isStale = false
  private var pruneAt = leastPruned
  /// Where it goes on: a sequence number, or a rank of the one socket.
  private var position = 0
  public private(set) var statistics = TrafficStatistics()
  /// Records before this sequence number were looked at.
  public private(set) var reached = 0

  public init(_ scope: StatisticsScope, in journal: Journal) {
    (self.journal, self.scope) = (journal, scope)
    begun = journal.extent.records.upperBound
    sockets = scope.filter.flatMap { $0.asksOfSockets ? $0.noSockets : nil }
  }

  /// All there is to say now.
  public static func all(_ scope: StatisticsScope, in journal: Journal) -> TrafficStatistics {
    var counting = JournalStatistics(scope, in: journal)
    let end = min(scope.end, journal.extent.records.upperBound)
    while counting.reached < end, counting.goOn() {}
    return counting.statistics
  }

  /// How much of what there is was looked at, in percent.
  public var percent: Int {
    let places = self.places
    return places.isEmpty ? 100 : max(0, min(100, 100 * (position - places.lowerBound) / places.count))
  }

  /// The one socket whose records are read, without those of others.
  private var alone: SocketID? {
    scope.socket.flatMap { journal.socket($0)?.info.role == .listener ? nil : $0 }
  }

  private var places: Range<Int> {
    if let alone {
      let ranks = journal.ranks(of: alone)
      guard scope.end != .max else { return ranks }
      return ranks
        .lowerBound..<max(
          ranks.lowerBound, min(ranks.upperBound, journal.rank(of: alone, atOrAfter: scope.end)))
    }
    let held = journal.extent.records
    return held.lowerBound..<max(held.lowerBound, min(scope.end, held.upperBound))
  }

  /// Looks at the next records.
  /// - Returns: false if there is nothing more to look at now.
  public mutating func goOn() -> Bool {
    if gather() { return true }
    lookAtFramings()
    if isStale { restart() }
    // Before anything is looked at: what comes meanwhile may be looked at or not.
    let end = min(scope.end, journal.extent.records.upperBound)
    let (alone, places) = (alone, places)
    position = max(position, places.lowerBound)
    guard position < places.upperBound else {
      reached = end
      return false
    }
    let range = position..<min(position + Self.records, places.upperBound)
    let held = alone.map { journal.records(of: $0, in: range) } ?? journal.records(in: range)
    let around = scope.filter.map { FilterSurroundings(journal, sockets ?? $0.noSockets) }
    for (sequence, record) in held where isMeant(record.socket) { take(record, sequence, around) }
    position = range.upperBound
    if let last = held.last { reached = last.sequence + 1 }
    prune()
    if isStale { restart() }
    return true
  }

  private mutating func take(_ record: Record, _ sequence: Int, _ around: FilterSurroundings?) {
    let counts =
      scope.kinds.contains(RecordKinds(record))
      && (around.map { scope.filter?.passes(record, sequence, $0) ?? true } ?? true)
    if counts { statistics.count(record) }
    // What does not count has its part in messages all the same.
    for found in messages(of: record, sequence) where scope.countsMessages {
      if passes(found, of: record.socket, sequence, around) { statistics.count(found.message) }
    }
  }

  /// A message passes by what it is itself.
  private mutating func passes(
    _ found: FoundMessage, of socket: SocketID, _ sequence: Int, _ around: FilterSurroundings?
  ) -> Bool {
    guard let filter = scope.filter else { return true }
    let name = around?.name(of: socket) ?? socket.placeholder
    let facts = MessageFacts(found, of: socket, named: name, sequence, journal)
    guard var known = sockets else { return filter.passes(facts, of: socket, filter.noSockets) }
    isStale = filter.note(facts, of: socket, &known) || isStale
    sockets = known
    return filter.passes(facts, of: socket, known)
  }

  private mutating func messages(of record: Record, _ sequence: Int) -> [FoundMessage] {
    if record.kind == .option, sequence >= begun,
      journal.body(OptionChange.self, of: record)?.name == FramingChoice.word
    {
      isStale = true
    }
    guard record.socket != .none, record.socket != unframed else { return [] }
    if followers[record.socket] == nil { followers[record.socket] = journal.follower(of: record.socket) }
    guard var follower = followers[record.socket] ?? nil else {
      unframed = record.socket
      return []
    }
    // Nobody else holds what it has while it grows.
    followers[record.socket] = .some(nil)
    var found: [FoundMessage] = []
    follower.take(record, payload: journal.payload(of: record)?[...], into: &found)
    followers[record.socket] = follower
    return found
  }

  /// The one socket may be cut as its listener is, whose records nobody reads here.
  private mutating func lookAtFramings() {
    guard let alone else { return }
    let now = journal.framings(of: alone)
    isStale = isStale || framings.map { $0 != now } ?? false
    framings = now
  }

  private mutating func restart() {
    (statistics, followers, unframed) = (TrafficStatistics(), [:], .none)
    (position, reached, begun, isStale) = (0, 0, journal.extent.records.upperBound, false)
  }

  private func isMeant(_ socket: SocketID) -> Bool {
    guard let wanted = scope.socket, socket != wanted else { return true }
    return journal.socket(socket)?.info.parent == wanted
  }

  private mutating func prune() {
    guard max(followers.count, statistics.sockets) >= pruneAt else { return }
    followers = followers.filter { journal.socket($0.key) != nil }
    statistics.prune { journal.socket($0) != nil }
    pruneAt = max(Self.leastPruned, 2 * max(followers.count, statistics.sockets))
  }

  /// Looks for the sockets of which an `any( )` holds. What did not pass before may pass with one more: then all begins anew.
  /// - Returns: true if there is more to look at.
  private mutating func gather() -> Bool {
    guard let filter = scope.filter, let known = sockets else { return false }
    let held = journal.extent.records
    gathered = max(gathered, held.lowerBound)
    let range = gathered..<min(gathered + Self.records, min(scope.end, held.upperBound))
    guard !range.isEmpty else { return false }
    let around = FilterSurroundings(journal, known)
    sockets = filter.noSockets
    var isNew = false
    for (sequence, record) in journal.records(in: range) {
      isNew = filter.note(record, sequence, around) || isNew
    }
    gathered = range.upperBound
    sockets = around.sockets
    sockets?.prune(journal)
    isStale = isStale || isNew && position > 0
    return true
  }
}
