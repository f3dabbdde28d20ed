import SystemPackage

extension Explanation {
  /// What a record's explanation depends on besides the record.
  public struct Circumstances: Sendable {
    /// How the receiving side had ended before a call.
    public enum EarlierEnd: Sendable, Equatable {
      case endOfStream
      case failed(Errno)
      case shutDown
    }

    /// So many records before a call are searched for an earlier end.
    private static let lookBack = 64
    /// So many ready sockets of each set are told by name.
    static let named = 4

    /// What is known of the record's socket.
    public var info: SocketInfo?
    /// The payload, where words depend on it; nil if it is no longer held.
    public var payload: [UInt8]?
    /// Of a recv that returned 0: how receiving had ended before it; nil if it had not.
    public var earlierEnd: EarlierEnd?
    /// Other sockets that the record speaks of.
    public var others: [SocketID: SocketInfo] = [:]

    public init() {}

    init(of record: Record, in journal: Journal) {
      if record.socket != .none { info = journal.socket(record.socket)?.info }
      switch record.kind {
      case .wait:
        payload = journal.payload(of: record)
        let sets = payload.flatMap(WaitSets.init) ?? WaitSets()
        for set in [sets.readable, sets.writable, sets.exceptional] {
          for id in set.prefix(Self.named) { others[id] = journal.socket(id)?.info }
        }
      case .option, .burst: payload = journal.payload(of: record)
      case .accept: if let id = record.connection { others[id] = journal.socket(id)?.info }
      case .recv: if record.result == 0 { earlierEnd = Self.earlierEnd(before: record, in: journal) }
      case .start, .listen, .connect, .send, .shutdown, .close, .mark, .expect: break
      }
    }

    private static func earlierEnd(before record: Record, in journal: Journal) -> EarlierEnd? {
      let ranks = journal.ranks(of: record.socket)
      // Found by its number, as a record does not know its place: numbers of recv calls only grow.
      guard let rank = rank(of: record, in: ranks, journal) else { return nil }
      let before = journal.records(of: record.socket, in: max(ranks.lowerBound, rank - lookBack)..<rank)
      // The oldest end counts: after an error, too, each call returns 0.
      var end: EarlierEnd?
      for (_, earlier) in before.reversed() {
        switch earlier.kind {
        case .recv where !earlier.flags.contains(.outOfBand) && !earlier.flags.contains(.peek):
          if let errno = earlier.errno {
            if !errno.isPassing { end = .failed(errno) }
          } else if earlier.result > 0 {
            return end
          } else if earlier.asked > 0, !earlier.conditions.contains(.datagram) {
            end = .endOfStream
          }
        case .shutdown where earlier.result >= 0 && earlier.how != .write: end = .shutDown
        case .start, .listen, .accept, .connect, .recv, .send, .wait, .shutdown, .close, .option, .mark,
          .expect, .burst:
          break
        }
      }
      return end
    }

    private static func rank(of record: Record, in ranks: Range<Int>, _ journal: Journal) -> Int? {
      var (low, high) = (ranks.lowerBound, ranks.upperBound)
      while low < high {
        let middle = low + (high - low) / 2
        guard let probe = journal.records(of: record.socket, in: middle..<middle + 1).first else {
          return nil
        }
        // A record is appended after its call returned, so the ends of one thread's calls are in order; other
        // threads' may be a little off, and the walk below finds it all the same.
        if probe.record.end < record.end { low = middle + 1 } else { high = middle }
      }
      let near = max(ranks.lowerBound, low - lookBack)..<min(ranks.upperBound, low + lookBack)
      let found = journal.records(of: record.socket, in: near).firstIndex { $0.record == record }
      return found.map { near.lowerBound + $0 }
    }
  }
}
