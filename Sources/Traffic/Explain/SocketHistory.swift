import SystemPackage

/// What had happened to a socket before a call, and what came right after it, as far as it explains the call: options,
/// ends, errors that were told.
public struct SocketHistory: Sendable, Equatable {
  /// An error that a call told and that stays: a reset, a time-out.
  public struct Told: Sendable, Equatable {
    public var call: Record.Kind
    public var number: Int
    public var errno: Errno

    public init(call: Record.Kind, number: Int, errno: Errno) {
      self.call = call
      self.number = number
      self.errno = errno
    }
  }

  /// Options as they were set last, by their words on the command line, with what was granted.
  public var options: [OptionRule.Name: String] = [:]
  /// We called shutdown(2) for the receiving side, and for the sending side.
  public var hasShutDownReading = false
  public var hasShutDownWriting = false
  /// The first error that stays, but for EPIPE.
  public var told: Told?
  /// The first send() that failed with EPIPE. The peer's FIN had come before the reset behind it, or we had shut our side
  /// down: it says nothing of the receiving side.
  public var brokenPipe: Int?
  /// An earlier recv() returned 0.
  public var hasEnded = false
  /// The next recv() or send() on the socket after the call; nil if there is none yet.
  public var next: Record?
  /// What we did to the socket between the call and that one.
  public var isStoppedNext = false

  public init() {}

  /// What matters of the records before and after a call: the rest is passed over in whole blocks.
  private static let kinds = RecordKinds { record in
    switch record.kind {
    case .option, .shutdown, .connect: true
    case .recv: record.result <= 0
    case .send: record.result < 0
    case .start, .listen, .accept, .wait, .close, .mark, .expect, .burst, .hold, .release, .drop, .call,
      .startProgram, .output, .signal, .unseen, .lost, .exitProgram, .shake, .cut, .ask, .answer, .reveal,
      .segment:
      false
    }
  }

  /// Records looked at before a call at most; with what is passed over in blocks there may be any number.
  private static let reach = 1 << 16
  private static let block = 512
  /// Records after a call that are looked at for the next one.
  private static let ahead = 64

  /// - Parameter sequence: of the record; nil if it is not known, then it is looked for.
  init(of record: Record, in journal: Journal) {
    let ranks = journal.ranks(of: record.socket)
    guard record.socket != .none, let rank = Self.rank(of: record, in: ranks, journal) else { return }
    lookBack(from: rank, ranks, record, journal)
    lookAhead(from: rank + 1, record, journal)
  }

  private mutating func lookBack(from rank: Int, _ ranks: Range<Int>, _ record: Record, _ journal: Journal) {
    var end = rank
    var looked = 0
    while end > ranks.lowerBound, looked < Self.reach {
      end = journal.skip(of: record.socket, backFrom: end, to: Self.kinds)
      let range = max(ranks.lowerBound, end - Self.block)..<max(ranks.lowerBound, end)
      if range.isEmpty { return }
      for (_, earlier) in journal.records(of: record.socket, in: range).reversed() { note(earlier, journal) }
      looked += range.count
      end = range.lowerBound
    }
  }

  /// Takes in a record; later ones were taken in before it.
  private mutating func note(_ earlier: Record, _ journal: Journal) {
    switch earlier.kind {
    case .option:
      guard earlier.result >= 0, let change = journal.body(OptionChange.self, of: earlier),
        let name = OptionRule.Name(rawValue: change.name), options[name] == nil
      else { return }
      options[name] = change.granted
    case .shutdown where earlier.result >= 0:
      if earlier.how != .write { hasShutDownReading = true }
      if earlier.how != .read { hasShutDownWriting = true }
    case .recv, .send:
      if earlier.kind == .recv, !earlier.takes { return }
      if let errno = earlier.errno {
        if errno == .brokenPipe {
          brokenPipe = Int(earlier.number)
        } else if earlier.kind == .recv ? earlier.endsReceiving : errno.endsConnection {
          told = Told(call: earlier.kind, number: Int(earlier.number), errno: errno)
        }
      } else if earlier.kind == .recv, earlier.endsReceiving {
        hasEnded = true
      }
    case .start, .listen, .accept, .connect, .wait, .shutdown, .close, .mark, .expect, .burst, .hold,
      .release, .drop, .call, .startProgram, .output, .signal, .unseen, .lost, .exitProgram, .shake, .cut,
      .ask, .answer, .reveal,
      .segment:
      break
    }
  }

  private mutating func lookAhead(from rank: Int, _ record: Record, _ journal: Journal) {
    for (_, later) in journal.records(of: record.socket, in: rank..<rank + Self.ahead) {
      switch later.kind {
      case .recv, .send:
        if later.kind == record.kind || later.errno?.endsConnection == true {
          next = later
          return
        }
      case .close, .shutdown: isStoppedNext = true
      case .burst: if record.kind == .send { isStoppedNext = true }
      case .start, .listen, .accept, .connect, .wait, .option, .mark, .expect, .hold, .release, .drop, .call,
        .startProgram, .output, .signal, .unseen, .lost, .exitProgram, .shake, .cut, .ask, .answer, .reveal,
        .segment:
        break
      }
    }
  }

  /// The place of a record among those of its socket. A record does not know it.
  private static func rank(of record: Record, in ranks: Range<Int>, _ journal: Journal) -> Int? {
    let near = 128
    var (low, high, place) = (ranks.lowerBound, ranks.upperBound, ranks.upperBound)
    while low < high {
      let middle = low + (high - low) / 2
      // What the wire carried comes late, and says nothing of the order.
      guard let (rank, probe) = firstCall(of: record.socket, in: middle..<high, journal) else {
        high = middle
        continue
      }
      // A record is appended after its call returned, so the ends of one thread's calls are in order; other
      // threads' may be a little off, and the walk below finds it all the same.
      if probe.end < record.end { low = rank + 1 } else { (high, place) = (middle, rank) }
    }
    let around = max(ranks.lowerBound, place - near)..<min(ranks.upperBound, place + near)
    let found = journal.records(of: record.socket, in: around).firstIndex { $0.record == record }
    return found.map { around.lowerBound + $0 }
  }

  /// The first record in a range of ranks that is no segment, and its rank.
  private static func firstCall(
    of socket: SocketID, in range: Range<Int>, _ journal: Journal
  ) -> (rank: Int, record: Record)? {
    for start in stride(from: range.lowerBound, to: range.upperBound, by: 64) {
      let part = start..<min(range.upperBound, start + 64)
      let records = journal.records(of: socket, in: part)
      if let index = records.firstIndex(where: { $0.record.kind != .segment }) {
        // The oldest may have been dropped meanwhile.
        return (part.upperBound - records.count + index, records[index].record)
      }
    }
    return nil
  }
}

extension Errno {
  /// True for what send(2) and recv(2) tell of a connection that is over.
  public var endsConnection: Bool {
    self == .connectionReset || self == .brokenPipe || self == .timedOut || self == .noRouteToHost
      || self == .networkUnreachable
  }
}
