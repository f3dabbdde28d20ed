import Traffic

/// How many bytes a second each socket receives and sends, between the last two looks.
struct RateMeter: Sendable {
  struct Rate: Hashable, Sendable {
    /// Bytes a second.
    var received: Int64 = 0
    var sent: Int64 = 0

    /// The larger of the two with its direction, for a place that has room for one; empty if nothing flows.
    var text: String {
      let (arrow, rate) = received >= sent ? ("↓", received) : ("↑", sent)
      return rate > 0 ? "\(arrow)\(Units.size(rate))/s" : ""
    }
  }

  private struct Look {
    var received: Int64
    var sent: Int64
  }

  private var rates: [SocketID: Rate] = [:]
  /// Of the sockets that were not over at the last look, and of all together.
  private var looks: [SocketID: Look] = [:]
  private var receivedBytes: Int64 = 0
  private var time: Nanoseconds?

  /// True while there may be something to tell: a further look is wanted, though nothing else happens.
  private(set) var isRunning = false
  /// Bytes a second of all sockets together.
  private(set) var receivedInAll: Int64 = 0

  /// - Parameter now: of a monotonic clock.
  mutating func look(_ journal: Journal, at now: Nanoseconds) {
    // After a rest the time between two looks says nothing: this one is where counting begins.
    let span = isRunning ? time.map { max(1, now - $0) } : nil
    func rate(_ bytes: Int64) -> Int64 { span.map { Int64(Double(bytes) * 1e9 / Double($0)) } ?? 0 }
    let open = journal.openSockets
    // Those that ended since the last look have their last bytes to tell.
    let ended = Set(looks.keys).subtracting(open.map(\.id)).compactMap { id in
      journal.socket(id).map { (id: id, totals: $0.totals) }
    }
    var hasMoved = false
    rates = [:]
    for (id, totals) in open + ended {
      let old = looks[id] ?? Look(received: 0, sent: 0)
      let (received, sent) = (totals.receivedBytes - old.received, totals.sentBytes - old.sent)
      if received != 0 || sent != 0 { hasMoved = true }
      let rate = Rate(received: rate(received), sent: rate(sent))
      if rate != Rate() { rates[id] = rate }
    }
    looks = Dictionary(
      uniqueKeysWithValues: open.map {
        ($0.id, Look(received: $0.totals.receivedBytes, sent: $0.totals.sentBytes))
      })
    let all = journal.summary.receivedBytes
    receivedInAll = rate(all - receivedBytes)
    receivedBytes = all
    time = now
    isRunning = hasMoved || receivedInAll > 0 || !ended.isEmpty
  }

  func rate(_ socket: SocketID) -> Rate { rates[socket] ?? Rate() }
}
