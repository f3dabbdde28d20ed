/// Finds the calls at the other end of a connection whose bytes a record has, from stream offsets alone.
///
/// A byte has the same offset in what one end sent and in what the other received, but for urgent bytes, which the other
/// passes over: see `UrgentPlaces`. What it costs grows with the
/// calls that are asked for and the logarithm of those held. Sockets that keep boundaries are not paired: a
/// datagram that is lost or cut shifts all offsets after it.
public struct Pairing: Sendable {
  /// The part of one call's bytes that the record has.
  public struct Share: Sendable, Equatable {
    public var sequence: Int
    /// The call at the other end.
    public var record: Record
    /// Bytes of it that the record has, 1 or more.
    public var bytes: Int
    /// The call's first bytes are not among them.
    public var isCutAtStart: Bool
    /// The call's last bytes are not among them.
    public var isCutAtEnd: Bool

    public var isWhole: Bool { !isCutAtStart && !isCutAtEnd }
  }

  let journal: Journal
  /// The other end.
  public let peer: SocketID

  /// - Parameter peer: the other end of the connection; see `PeerTable`.
  /// - Returns: nil if the sockets keep boundaries.
  public init?(_ journal: Journal, peer: SocketID) {
    if journal.socket(peer)?.info.kind.keepsBoundaries != false { return nil }
    self.journal = journal
    self.peer = peer
  }

  /// The send() calls of the other end whose bytes a chunk holds, in order, at most `limit` from its start on.
  public func sends(in chunk: Record, limit: Int = 64) -> [Share] {
    range(of: chunk, .received).map { shares(in: $0, limit: limit) } ?? []
  }

  /// The send() call of the other end that gave a chunk's last byte; nil if it is not held, or has not returned.
  func newestSend(in chunk: Record) -> Record? {
    guard let (bytes, other) = range(of: chunk, .received), !bytes.isEmpty else { return nil }
    return ByteStream(journal, socket: peer, direction: other).chunk(at: bytes.upperBound - 1)?.record
  }

  /// The recv() calls of the other end that took the bytes of a send(), in order, at most `limit` from its start on.
  public func receives(of send: Record, limit: Int = 64) -> [Share] {
    range(of: send, .sent).map { shares(in: $0, limit: limit) } ?? []
  }

  /// The calls at the other end of some bytes of a socket's stream, in order, at most `limit` from their start on.
  public func calls(
    of bytes: Range<Int64>, on socket: SocketID, _ direction: Direction, limit: Int
  ) -> [Share] {
    shares(in: range(of: bytes, on: socket, direction), limit: limit)
  }

  /// The bytes of a record in the stream of the other end; nil if it has none there.
  private func range(of record: Record, _ direction: Direction) -> (bytes: Range<Int64>, other: Direction)? {
    guard Direction(record.kind) == direction,
      ByteStream(journal, socket: record.socket, direction: direction).contains(record)
    else { return nil }
    return range(of: record.offset..<record.offset + Int64(record.result), on: record.socket, direction)
  }

  /// Where bytes of a stream lie in the stream of the other end.
  private func range(
    of bytes: Range<Int64>, on socket: SocketID, _ direction: Direction
  ) -> (bytes: Range<Int64>, other: Direction) {
    let receiver = direction == .received ? socket : peer
    guard let places = journal.socket(receiver)?.totals.urgentPlaces, !places.isEmpty else {
      return (bytes, direction == .sent ? .received : .sent)
    }
    let urgent = UrgentPlaces(places)
    return direction == .received ? (urgent.sent(bytes), .sent) : (urgent.received(bytes), .received)
  }

  private func shares(in range: (bytes: Range<Int64>, other: Direction), limit: Int) -> [Share] {
    ByteStream(journal, socket: peer, direction: range.other).chunks(in: range.bytes, limit: limit).map {
      share(of: $0, in: range.bytes)
    }
  }

  private func share(of chunk: Chunk, in bytes: Range<Int64>) -> Share {
    Share(
      sequence: chunk.sequence, record: chunk.record, bytes: chunk.range.clamped(to: bytes).count,
      isCutAtStart: chunk.range.lowerBound < bytes.lowerBound,
      isCutAtEnd: chunk.range.upperBound > bytes.upperBound)
  }

  /// What of a record's bytes the other end's calls account for.
  struct Account {
    /// The first and the last call held that has bytes of the record; the same if it is one.
    var first: Share?
    var last: Share?
    /// The record's bytes before the first call that is held.
    var forgotten: Int64
    /// The record's bytes that no call has told of yet.
    var open: Int64
  }

  /// Looks at the two ends of a record's bytes only, as there may be any number of calls between.
  /// - Returns: nil if the record has no bytes in the stream.
  func account(of record: Record) -> Account? {
    guard let direction = Direction(record.kind), let (bytes, other) = range(of: record, direction) else {
      return nil
    }
    let stream = ByteStream(journal, socket: peer, direction: other)
    let told = bytes.clamped(to: 0..<max(0, stream.length))
    var account = Account(first: nil, last: nil, forgotten: 0, open: Int64(bytes.count - told.count))
    guard !told.isEmpty, let last = stream.chunk(at: told.upperBound - 1),
      let first = stream.chunks(in: told, limit: 1).first
    else {
      account.forgotten = Int64(told.count)
      return account
    }
    account.first = share(of: first, in: bytes)
    account.last = share(of: last, in: bytes)
    account.forgotten = max(0, first.range.lowerBound - bytes.lowerBound)
    return account
  }
}
