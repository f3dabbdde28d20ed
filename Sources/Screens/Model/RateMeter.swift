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

  private(set) var rates: [Rate] = []
  private var looks: [Look] = []
  private var time: Nanoseconds?

  /// True while there may be something to tell: a further look is wanted, though nothing else happens.
  private(set) var isRunning = false

  /// - Parameter now: of a monotonic clock.
  mutating func look(_ totals: [SocketTotals], at now: Nanoseconds) {
    let before = looks
    looks = totals.map { Look(received: $0.receivedBytes, sent: $0.sentBytes) }
    // After a rest the time between two looks says nothing: this one is where counting begins.
    let span = isRunning ? time.map { max(1, now - $0) } : nil
    time = now
    rates = looks.enumerated().map { index, look in
      guard let span else { return Rate() }
      let old = before.indices.contains(index) ? before[index] : Look(received: 0, sent: 0)
      func rate(_ bytes: Int64) -> Int64 { Int64(Double(bytes) * 1e9 / Double(span)) }
      return Rate(received: rate(look.received - old.received), sent: rate(look.sent - old.sent))
    }
    let hasMoved = zip(looks, before).contains { $0.received != $1.received || $0.sent != $1.sent }
    isRunning = hasMoved || looks.count != before.count || rates.contains { $0 != Rate() }
  }

  func rate(_ socket: SocketID) -> Rate {
    rates.indices.contains(Int(socket.value)) ? rates[Int(socket.value)] : Rate()
  }

  var receivedInAll: Int64 { rates.reduce(0) { $0 + $1.received } }
}
