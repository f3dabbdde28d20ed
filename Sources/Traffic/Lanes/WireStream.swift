/// The segments of one direction of one socket, found by the bytes that they carry or acknowledge; what it costs depends on what
/// is asked for, not on what is held.
public struct WireStream: Sendable {
  private static let step = 64
  /// Records looked at in one walk at most.
  private static let reach = 1 << 14
  /// Records behind the last segment in order in which those out of order are looked for.
  private static let late = 512
  private static let kinds = RecordKinds { $0.kind == .segment }

  let journal: Journal
  let socket: SocketID
  let way: Direction

  public init(journal: Journal, socket: SocketID, way: Direction) {
    (self.journal, self.socket, self.way) = (journal, socket, way)
  }

  /// The segments that carry bytes of a range, in the order in which they passed, at most `limit`.
  public func segments(carrying bytes: Range<Int64>, limit: Int) -> [(sequence: Int, record: Record)] {
    var found: [(sequence: Int, record: Record)] = []
    if bytes.isEmpty { return found }
    var left = Self.late
    walk(from: rank(beyond: bytes.lowerBound, Self.end(of:))) { sequence, record in
      if let range = Self.bytes(of: record), range.overlaps(bytes) { found.append((sequence, record)) }
      if left < Self.late || Self.end(of: record).map({ $0 >= bytes.upperBound }) == true { left -= 1 }
      return left > 0 && found.count < limit
    }
    return found
  }

  /// The first segment that acknowledges all bytes of the other direction before an offset.
  func acknowledgement(of end: Int64) -> Record? {
    var found: Record?
    walk(from: rank(beyond: end - 1, Self.acknowledged(by:))) { _, record in
      if let acknowledged = Self.acknowledged(by: record), acknowledged >= end { found = record }
      return found == nil
    }
    return found
  }

  /// The newest segments that passed up to a time, in order, about `limit` of them.
  func segments(upTo time: Nanoseconds, limit: Int) -> [Record] {
    var found: [Record] = []
    let last = rank(beyond: time) { $0.start }
    walk(from: last - limit) { _, record in
      if record.start <= time { found.append(record) }
      return record.start <= time
    }
    return found
  }

  /// The oldest segment that is held.
  var first: Record? {
    var found: Record?
    walk(from: 0) { _, record in
      found = record
      return false
    }
    return found
  }

  /// The stream's bytes that a segment carries; nil if none, or it is not known which.
  public static func bytes(of segment: Record) -> Range<Int64>? {
    segment.segment.flatMap { told in told.offset.map { $0..<$0 + Int64(told.length) } }
  }

  private static func end(of record: Record) -> Int64? {
    guard let segment = record.segment,
      segment.marks.isDisjoint(with: [.retransmission, .outOfOrder]), segment.length > 0
    else { return nil }
    return bytes(of: record)?.upperBound
  }

  /// An ACK counts the SYN as well.
  private static func acknowledged(by record: Record) -> Int64? {
    record.segment?.acknowledgement.map { $0 - 1 }
  }

  /// A rank at or before that of the first segment whose key is beyond a value; by bisection, as keys only grow.
  private func rank(beyond value: Int64, _ key: (Record) -> Int64?) -> Int {
    let ranks = journal.ranks(of: socket)
    var (low, high) = (ranks.lowerBound, ranks.upperBound)
    while high - low > Self.step {
      let middle = low + (high - low) / 2
      var probe: Int64?
      walk(from: middle, to: high) { _, record in
        probe = key(record)
        return probe == nil
      }
      if let probe, probe <= value { low = middle } else { high = middle }
    }
    return low
  }

  /// Takes the segments of the way from a rank on until `take` wants no more.
  private func walk(from start: Int, to end: Int = .max, _ take: (_ sequence: Int, _ record: Record) -> Bool)
  {
    let ranks = journal.ranks(of: socket)
    let end = min(end, ranks.upperBound)
    var rank = max(start, ranks.lowerBound)
    for _ in 0..<Self.reach / Self.step {
      rank = journal.skip(of: socket, from: rank, to: Self.kinds)
      if rank >= end { return }
      let block = journal.records(of: socket, in: rank..<min(rank + Self.step, end))
      if block.isEmpty { return }
      for (sequence, record) in block where record.wireWay == way && !take(sequence, record) { return }
      rank += block.count
    }
  }
}
