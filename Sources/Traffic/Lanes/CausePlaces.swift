/// The order of cause as places in the journal: a send() stands above the recv() that holds its first byte, though that
/// returned first; so does what ended the sending side above the recv() that told of it.
///
/// A record's place follows from some hundreds of records before it, so whoever shows a screen of rows finds them wherever
/// they lie without reading the others, and all other records keep their order. A send() that returns takes its place above
/// what it fed, which moves down by one.
public struct CausePlaces {
  /// A send() moves up by so many places at most.
  public static let reach = 256
  /// One that returned later than that after the recv() blocked, and stands where it returned.
  private static let patience: Nanoseconds = 100_000_000

  public typealias Element = (place: Int, sequence: Int, record: Record)

  private let journal: Journal
  /// Sequence numbers of the records that have places.
  private let held: Range<Int>

  /// - Parameter held: sequence numbers of the records that there are for whoever asks.
  public init(_ journal: Journal, held: Range<Int>) {
    self.journal = journal
    self.held = held
  }

  /// The records at some places, in order.
  public func records(at places: Range<Int>) -> [Element] {
    let places = places.clamped(to: held)
    if places.isEmpty { return [] }
    // Who stands at the first place may have been moved down, by sends that look back, past others that do.
    let range = (places.lowerBound - 3 * Self.reach..<places.upperBound + Self.reach).clamped(to: held)
    let records = arrange(journal.records(in: range))
    // What was evicted meanwhile is missing at the front.
    let first = range.upperBound - records.count
    return zip(first..., records).lazy.filter { places.contains($0.0) }.map {
      ($0.0, $0.1.sequence, $0.1.record)
    }
  }

  /// The place of a record, or the one that it would have.
  public func place(of sequence: Int) -> Int {
    records(at: sequence - Self.reach..<sequence + Self.reach + 1).first { $0.sequence == sequence }?.place
      ?? sequence
  }

  /// What a record is sorted by: the record at whose place it stands, and whether above, as or below it.
  private struct Key: Comparable {
    var sequence: Int
    var side: Int

    static func < (left: Key, right: Key) -> Bool {
      (left.sequence, left.side) < (right.sequence, right.side)
    }
  }

  /// What a stretch of the journal tells of a socket.
  private struct Side {
    var peer: SocketID?
    /// The recv() calls that brought bytes of the peer's, in order, with which of what it sent these are.
    var received: [(bytes: Range<Int64>, sequence: Int, time: Nanoseconds)] = []
    /// The first recv() that told that the peer's sending side had ended.
    var ended: (sequence: Int, time: Nanoseconds)?
    /// Of the newest send() or end: a later one never stands above it.
    var newestSend: Key?

    mutating func note(_ record: Record, _ sequence: Int, _ bytes: Range<Int64>) {
      if record.result > 0 {
        if !bytes.isEmpty { received.append((bytes, sequence, record.end)) }
      } else if ended == nil, record.result == 0 || record.errno == .connectionReset {
        ended = (sequence, record.end)
      }
    }

    /// The recv() that a call of the peer's fed, or told of.
    func effect(of record: Record) -> (sequence: Int, time: Nanoseconds)? {
      if record.kind != .send { return ended }
      guard let fed = received.last(where: { $0.bytes.lowerBound <= record.offset }),
        fed.bytes.contains(record.offset)
      else { return nil }
      return (fed.sequence, fed.time)
    }
  }

  /// What a peer's recv() can be the effect of.
  private static func isCause(_ record: Record) -> Bool {
    switch record.kind {
    case .send: record.result > 0
    case .close: true
    case .shutdown: record.how != .read
    case .start, .listen, .accept, .connect, .recv, .wait, .option, .mark, .expect, .burst, .call, .hold,
      .release, .drop, .startProgram, .output, .signal, .unseen, .lost, .exitProgram, .shake, .cut, .ask,
      .answer, .reveal, .segment:
      false
    }
  }

  private func arrange(_ records: [(sequence: Int, record: Record)]) -> [(sequence: Int, record: Record)] {
    var sides: [SocketID: Side] = [:]
    var keys: [Key] = []
    keys.reserveCapacity(records.count)
    var isMoved = false
    for (sequence, record) in records {
      var key = Key(sequence: sequence, side: 1)
      defer { keys.append(key) }
      let isCause = Self.isCause(record)
      guard isCause || record.kind == .recv else { continue }
      let side = sides[record.socket] ?? makeSide(record.socket)
      sides[record.socket] = side
      guard let peer = side.peer else { continue }
      if !isCause {
        let bytes = record.streamBytes > 0 ? sentBytes(of: record) : 0..<0
        sides[record.socket]?.note(record, sequence, bytes)
      } else {
        if let fed = sides[peer]?.effect(of: record), sequence - fed.sequence <= Self.reach,
          record.start < fed.time, record.end - fed.time <= Self.patience
        {
          key = Key(sequence: fed.sequence, side: 0)
          if let before = side.newestSend, key < before {
            key = Key(sequence: before.sequence, side: before.side == 1 ? 2 : before.side)
          }
          isMoved = true
        }
        sides[record.socket]?.newestSend = key
      }
    }
    guard isMoved else { return records }
    return zip(keys, records).sorted { ($0.0, $0.1.sequence) < ($1.0, $1.1.sequence) }.map(\.1)
  }

  private func makeSide(_ socket: SocketID) -> Side {
    Side(peer: journal.socket(socket)?.info.kind.keepsBoundaries == false ? journal.peer(of: socket) : nil)
  }

  /// Which of the bytes that the peer sent a recv() brought.
  private func sentBytes(of record: Record) -> Range<Int64> {
    let range = record.offset..<record.offset + Int64(record.streamBytes)
    guard let places = journal.socket(record.socket)?.totals.urgentPlaces, !places.isEmpty else {
      return range
    }
    return UrgentPlaces(places).sent(range)
  }
}
