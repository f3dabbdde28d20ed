/// The bytes of one direction of one socket, found by offset; what it costs depends on what is asked for, not on what is held.
///
/// What was peeked, or received as urgent by itself, is not part of the stream.
public struct ByteStream: Sendable {
  private static let step = 64

  public let journal: Journal
  public let socket: SocketID
  public let direction: Direction
  private let end: Int64

  /// - Parameter end: bytes from this offset on are left out, for a view that is held.
  public init(_ journal: Journal, socket: SocketID, direction: Direction, upTo end: Int64 = .max) {
    self.journal = journal
    self.socket = socket
    self.direction = direction
    self.end = end
  }

  /// Bytes that went this way so far, those no longer held included.
  public var length: Int64 {
    guard let totals = journal.socket(socket)?.totals else { return 0 }
    switch direction {
    case .received: return min(totals.receivedBytes, end)
    case .sent: return min(totals.sentBytes, end)
    }
  }

  /// True if the record's bytes are part of this stream.
  public func contains(_ record: Record) -> Bool {
    record.socket == socket && Direction(record.kind) == direction && record.result > 0
      && (direction == .sent || record.takes)
  }

  /// The chunks that have bytes in a range, in order, at most `limit`.
  public func chunks(in range: Range<Int64>, limit: Int) -> [Chunk] {
    var chunks: [Chunk] = []
    let range = range.clamped(to: 0..<end)
    if range.isEmpty { return chunks }
    let ranks = journal.ranks(of: socket)
    var rank = rank(near: range.lowerBound, in: ranks)
    while rank < ranks.upperBound, chunks.count < limit {
      let block = journal.records(of: socket, in: rank..<min(rank + Self.step, ranks.upperBound))
      if block.isEmpty { break }
      let found = chunks.count
      for (place, entry) in block.enumerated() where contains(entry.record) {
        let chunk = Chunk(sequence: entry.sequence, rank: rank + place, record: entry.record)
        if chunk.range.lowerBound >= range.upperBound { return chunks }
        if chunk.range.upperBound > range.lowerBound { chunks.append(chunk) }
        if chunks.count == limit { return chunks }
      }
      rank += block.count
      // Calls that brought nothing can be many: the search goes over them, not the walk.
      if chunks.count == found {
        let next = max(range.lowerBound, chunks.last?.range.upperBound ?? 0)
        rank = max(rank, self.rank(near: next, in: rank..<max(rank, ranks.upperBound)))
      }
    }
    return chunks
  }

  /// The last chunks that begin before an offset, in order, at most `limit`.
  public func chunks(before offset: Int64, limit: Int) -> [Chunk] {
    var newestFirst: [Chunk] = []
    var offset = min(offset, length)
    while newestFirst.count < limit, offset > 0, let last = chunk(at: offset - 1) {
      newestFirst.append(last)
      offset = last.range.lowerBound
      // Those close before it need no further search.
      let block = journal.records(of: socket, in: max(0, last.rank - Self.step)..<last.rank)
      for (place, entry) in block.enumerated().reversed() where contains(entry.record) {
        if newestFirst.count == limit { break }
        newestFirst.append(
          Chunk(sequence: entry.sequence, rank: last.rank - block.count + place, record: entry.record))
        offset = entry.record.offset
      }
    }
    return newestFirst.reversed()
  }

  /// The chunk that holds the byte at an offset, if its record is still held.
  public func chunk(at offset: Int64) -> Chunk? { chunks(in: offset..<offset + 1, limit: 1).first }

  /// A rank at or before the first record whose bytes reach past an offset; by bisection, as offsets only grow.
  private func rank(near offset: Int64, in ranks: Range<Int>) -> Int {
    var (low, high) = (ranks.lowerBound, ranks.upperBound)
    while high - low > Self.step {
      let middle = low + (high - low) / 2
      // Any call of this direction tells how far the stream had come, also one that failed.
      let block = journal.records(of: socket, in: middle..<min(middle + Self.step, high))
      guard let probe = block.first(where: { Direction($0.record.kind) == direction }) else {
        // Only other events here: they say nothing, so the search goes on before them, and walks over them later.
        high = middle
        continue
      }
      if probe.record.offset > offset { high = middle } else { low = middle }
    }
    return low
  }
}
