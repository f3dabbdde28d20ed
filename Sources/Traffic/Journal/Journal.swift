import Synchronization

/// The append-only, ordered log of all records of a run, as those see it who read; the one truth, and the only thing threads
/// share.
///
/// A reader keeps its own place, asks by sequence number, by a socket's rank or for payload, and learns nothing of where that
/// is kept. Who appends has a `JournalWriter`.
public final class Journal: Sendable {
  /// Bounds and sizes at one moment.
  public struct Extent: Sendable, Equatable {
    /// Sequence numbers of the records held.
    public var records: Range<Int>
    /// Payload bytes dropped so far.
    public var evictedBytes: Int64
    /// Memory in use and allowed, in bytes.
    public var memory: Int
    public var limit: Int
    /// Changes whenever what is known of a socket does.
    public var socketsVersion: Int
    /// Sockets that are over and were forgotten with the last of their records.
    public var forgottenSockets: Int
  }

  let state: Mutex<JournalState>

  init(_ state: consuming JournalState) { self.state = Mutex(state) }

  /// The journal of a run that is over: memory holds nothing of it, and what is appended goes on after it.
  /// - Parameters:
  ///   - sockets: all that it had, by ascending numbers.
  ///   - summary: what its records added up to.
  ///   - payloads: bytes of payload that it had.
  public convenience init(
    _ archive: any RecordArchive, sockets: [(id: SocketID, info: SocketInfo, totals: SocketTotals)],
    summary: JournalSummary, payloads: Int64, limit: Int, memory: BlockMemory = .standard
  ) {
    var state = JournalState(limit: limit, after: archive, payloads: payloads, memory)
    for socket in sockets { state.sockets.restore(socket.id, socket.info, socket.totals) }
    state.sums = summary
    self.init(state)
  }

  // MARK: Waiting

  /// Calls `wake` once, from the appending thread, when a record at or after `sequence` exists.
  ///
  /// A reader has one place, which a further call takes over. Being woken costs the appending thread a system call: a reader
  /// that waits for some records only should say for which.
  /// - Parameters:
  ///   - kinds: what the record must be; all if not given.
  ///   - socket: whose record it must be; anybody's if nil.
  /// - Returns: false, and nothing is registered, if such a record exists already.
  public func wake(
    _ reader: ReaderID, when sequence: Int, of kinds: RecordKinds = .all, on socket: SocketID? = nil,
    _ wake: @escaping @Sendable () -> Void
  ) -> Bool {
    state.withLock { state in
      let waiter = JournalState.Waiter(reader: reader, kinds: kinds, socket: socket, wake: wake)
      if state.holds(waiter, from: sequence) { return false }
      state.forget(reader)
      state.waiters.append(waiter)
      return true
    }
  }

  /// Forgets what a reader waits for.
  public func forget(_ reader: ReaderID) {
    state.withLock { $0.forget(reader) }
  }

  /// A place to wait at, for one reader.
  public func makeReader() -> ReaderID {
    state.withLock { state in
      state.readers += 1
      return ReaderID(value: state.readers)
    }
  }

  // MARK: Reading

  public var extent: Extent {
    var (extent, archive) = state.withLock { ($0.extent, $0.archive) }
    if let archive, !archive.records.isEmpty {
      extent.records = min(extent.records.lowerBound, archive.records.lowerBound)..<extent.records.upperBound
      extent.evictedBytes = 0
    }
    return extent
  }

  /// What all records add up to.
  public var summary: JournalSummary {
    state.withLock { state in
      var summary = state.sums
      summary.sockets = state.sockets.made
      summary.openSockets = state.sockets.open.count
      return summary
    }
  }

  /// The sockets that are known, oldest first: all that are not over, and those with records that are held.
  public var sockets: [SocketID] { state.withLock { $0.sockets.ids } }

  /// The sockets of which something changed since `Extent.socketsVersion` had a value, the forgotten ones among them; some
  /// may come twice. Nil if they were too many: then all of `sockets` may have.
  public func sockets(changedSince version: Int) -> [SocketID]? {
    state.withLock { $0.sockets.changes(since: version) }
  }

  /// The sockets that are not over, in no order, and what their records add up to.
  public var openSockets: [(id: SocketID, totals: SocketTotals)] {
    state.withLock { state in
      // Every open socket has an entry.
      state.sockets.open.compactMap { id in state.sockets[id].map { (id, $0.pointee.totals) } }
    }
  }

  /// What is known of a socket and what its records add up to; nil if it is forgotten.
  public func socket(_ socket: SocketID) -> (info: SocketInfo, totals: SocketTotals)? {
    let (known, archive) = state.withLock { state in
      (state.sockets[socket].map { ($0.pointee.info, $0.pointee.totals) }, state.archive)
    }
    return known ?? archive?.socket(socket)
  }

  public func socket(named name: String) -> SocketID? {
    let (known, archive) = state.withLock { ($0.sockets.id(named: name), $0.archive) }
    return known ?? archive?.socket(named: name)
  }

  /// The other end of a connection; nil if it is no socket of this run, or it is not certain which.
  public func peer(of socket: SocketID) -> SocketID? { state.withLock { $0.sockets.peer(of: socket) } }

  /// An address of a record; "—" if it is forgotten.
  public func text(of address: AddressID) -> String {
    let (known, archive) = state.withLock { ($0.addresses.text(of: address), $0.archive) }
    return known ?? archive?.text(of: address) ?? "—"
  }

  /// Takes records and payloads from `sequence` on, at most `count` records and about 1 MiB of payload.
  public func read(_ batch: inout RecordBatch, from sequence: Int, count: Int = 1024) {
    if let (archive, held) = archive(forWhole: sequence),
      read(&batch, from: sequence, count: count, of: archive, held)
    {
      return
    }
    state.withLock { $0.read(&batch, from: sequence, count: count) }
  }

  /// The records with these sequence numbers that are still held, oldest first.
  public func records(in range: Range<Int>) -> [(sequence: Int, record: Record)] {
    var found: [(sequence: Int, record: Record)] = []
    let (held, archive) = state.withLock { state in
      found = range.clamped(to: state.log.first..<state.log.next).map { ($0, state.log[$0]) }
      return (state.log.first, state.archive)
    }
    guard range.lowerBound < held, let archive else { return found }
    return archived(range.lowerBound..<min(held, range.upperBound), archive) + found
  }

  /// The ranks (places among the socket's own records, from 0) that are still held.
  public func ranks(of socket: SocketID) -> Range<Int> {
    let (held, archive) = state.withLock { ($0.sockets[socket]?.pointee.index.ranks, $0.archive) }
    guard let old = archive?.ranks(of: socket), !old.isEmpty else { return held ?? 0..<0 }
    // Without any in memory its place there is what the file says that its records came to, and no file is believed.
    guard let held, !held.isEmpty else { return old }
    return min(old.lowerBound, held.lowerBound)..<max(old.upperBound, held.upperBound)
  }

  /// The records of one socket with these ranks that are still held, oldest first.
  public func records(of socket: SocketID, in range: Range<Int>) -> [(sequence: Int, record: Record)] {
    var found: [(sequence: Int, record: Record)] = []
    let (held, archive) = state.withLock { state in
      guard let entry = state.sockets[socket] else { return (Int.max, state.archive) }
      found = range.clamped(to: entry.pointee.index.ranks).map { rank in
        let sequence = entry.pointee.index.sequence(of: rank, oldest: state.log.first)
        return (sequence, state.log[sequence])
      }
      return (entry.pointee.index.ranks.lowerBound, state.archive)
    }
    guard range.lowerBound < held, let archive else { return found }
    return archived(of: socket, range.lowerBound..<min(held, range.upperBound), archive) + found
  }

  /// The rank in its socket's records of the first one at or after a sequence number.
  public func rank(of socket: SocketID, atOrAfter sequence: Int) -> Int {
    if let (archive, _) = archive(for: sequence), archive.ranks(of: socket).isEmpty == false,
      archive.records.upperBound > sequence
    {
      return archive.rank(of: socket, atOrAfter: sequence)
    }
    return state.withLock {
      $0.sockets[socket]?.pointee.index.rank(atOrAfter: sequence, oldest: $0.log.first) ?? 0
    }
  }

  /// Passes over records that are held and surely none of some kinds, many at a time.
  /// - Parameters:
  ///   - socket: whose ranks the places are; nil takes sequence numbers.
  ///   - place: where to begin.
  /// - Returns: a place at or after that one; between the two there is no such record.
  public func skip(of socket: SocketID?, from place: Int, to kinds: RecordKinds) -> Int {
    let (skipped, archive) = state.withLock { ($0.skip(socket, from: place, to: kinds), $0.archive) }
    return skipped == place ? archive?.skip(of: socket, from: place, to: kinds) ?? place : skipped
  }

  /// The same backwards: a place at or before the one given; no record from it on and before that one is such.
  public func skip(of socket: SocketID?, backFrom place: Int, to kinds: RecordKinds) -> Int {
    let (skipped, archive) = state.withLock { ($0.skip(socket, backFrom: place, to: kinds), $0.archive) }
    return skipped == place ? archive?.skip(of: socket, backFrom: place, to: kinds) ?? place : skipped
  }

  /// What a record carries; nil if it is no longer held, or something else.
  public func body<Body: RecordBody>(_ type: Body.Type = Body.self, of record: Record) -> Body? {
    payload(of: record).flatMap(Body.init)
  }

  /// The payload of a record; nil if it is no longer held.
  /// - Parameter range: which of its bytes; what goes beyond them is left out.
  public func payload(of record: Record, in range: Range<Int> = 0..<Int.max) -> [UInt8]? {
    var bytes: [UInt8] = []
    return copyPayload(of: record, in: range, to: &bytes) ? bytes : nil
  }

  private func copyPayload(of record: Record, in range: Range<Int>, to bytes: inout [UInt8]) -> Bool {
    state.withLock { $0.copyPayload(of: record, in: range, to: &bytes) }
      || copyArchived(record, in: range, to: &bytes)
  }

  /// Adds the payloads of records to an array, one behind the other.
  /// - Parameter limit: bytes after which no further record is taken; the first is in any case.
  /// - Returns: for each record that was taken the length of its payload; nil where that is no longer held.
  func payloads(of records: [Record], upTo limit: Int, to bytes: inout [UInt8]) -> [Int?] {
    var lengths: [Int?] = []
    for record in records {
      if !lengths.isEmpty, bytes.count + Int(record.payloadLength) > limit { break }
      let isHeld = copyPayload(of: record, in: 0..<Int.max, to: &bytes)
      lengths.append(isHeld ? Int(record.payloadLength) : nil)
    }
    return lengths
  }
}

/// Names one reader that waits at a journal.
public struct ReaderID: Hashable, Sendable {
  let value: Int
}
