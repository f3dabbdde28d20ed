/// What the journal's lock guards.
///
/// Unchecked: it owns its memory alone, is reached only under the journal's lock, and keeps nothing of what is passed in.
struct JournalState: ~Copyable, @unchecked Sendable {
  /// A reader that waits for a record.
  struct Waiter {
    var reader: ReaderID
    var kinds: RecordKinds
    var socket: SocketID?
    var wake: @Sendable () -> Void

    func wants(_ record: Record) -> Bool {
      (socket == nil || socket == record.socket) && (kinds == .all || kinds.contains(RecordKinds(record)))
    }
  }

  private static let leastBlocks = 4
  /// Blocks that are given back when the system has none to give.
  private static let wayGiven = 8

  /// Of the memory, at least this share stays with payloads while there are older records to drop.
  private static let payloadShare = 4

  var log: RecordLog
  var sockets = SocketTable()
  var addresses = AddressTable()
  var sums = JournalSummary()
  var waiters: [Waiter] = []
  var readers = 0
  /// Where records are that memory does not hold.
  var archive: (any RecordArchive)?
  private var payloads: PayloadLog
  private var pool: BlockPool
  private var blockLimit: Int
  private var limit: Int

  init(limit: Int, _ memory: BlockMemory) {
    self.limit = limit
    blockLimit = max(Self.leastBlocks, limit / BlockPool.blockSize)
    pool = BlockPool(memory)
    payloads = PayloadLog(memory)
    log = RecordLog(memory)
  }

  /// Goes on after the records of an archive, of which memory holds none.
  init(limit: Int, after archive: any RecordArchive, payloads end: Int64, _ memory: BlockMemory) {
    self.init(limit: limit, memory)
    payloads = PayloadLog(memory, from: end)
    log = RecordLog(memory, from: archive.records.upperBound)
    self.archive = archive
  }

  // MARK: Appending

  mutating func append(_ record: Record, payload: UnsafeRawBufferPointer) -> Int {
    if log.isFull { log.add(takeBlock()) }
    let sequence = log.next
    let place = log.append(record)
    place.pointee.payloadPosition = payloads.next
    place.pointee.payloadLength = UInt32(payload.count)
    if payload.count > 0 { append(payload) }
    if record.address != nil { count(addressOf: place) }
    if let entry = sockets[record.socket] {
      entry.pointee.totals.count(&place.pointee)
      sockets.append(sequence, of: record.socket, to: entry)
    }
    sums.count(place.pointee)
    return sequence
  }

  @inline(__always)
  private mutating func append(_ payload: UnsafeRawBufferPointer) {
    var (rest, count) = (payload.baseAddress!, payload.count)  // it is not empty
    while count > payloads.room {
      let piece = payloads.room
      if piece > 0 { payloads.append(rest, count: piece) }
      (rest, count) = (rest + piece, count - piece)
      payloads.add(takeBlock())
    }
    payloads.append(rest, count: count)
  }

  private mutating func count(addressOf place: UnsafeMutablePointer<Record>) {
    if let id = place.pointee.address, !addresses.count(id) { place.pointee.address = nil }
  }

  /// Those who wait for this record, and no longer do; nil for nobody.
  mutating func takeWaiters(for record: Record) -> [@Sendable () -> Void]? {
    var wakes: [@Sendable () -> Void]?
    for index in waiters.indices.reversed() where waiters[index].wants(record) {
      wakes = (wakes ?? []) + [waiters.remove(at: index).wake]
    }
    return wakes
  }

  mutating func forget(_ reader: ReaderID) { waiters.removeAll { $0.reader == reader } }

  /// True if a record at or after `sequence` exists that is waited for.
  func holds(_ waiter: Waiter, from sequence: Int) -> Bool {
    if waiter.kinds == .all, waiter.socket == nil { return log.next > sequence }
    return (min(max(sequence, log.first), log.next)..<log.next).contains { waiter.wants(log[$0]) }
  }

  /// Memory in use besides blocks.
  private var tableMemory: Int { sockets.memory + addresses.memory }

  private mutating func takeBlock() -> UnsafeMutableRawPointer {
    while true {
      let used = pool.count + (tableMemory + BlockPool.blockSize - 1) / BlockPool.blockSize
      // With a free block there is one to take, whatever the system has.
      if pool.hasFree, used > blockLimit {
        // The tables have grown into what a free block would take.
        pool.shrink()
      } else if pool.hasFree || used < blockLimit || !makeRoom() {
        if let block = pool.take() { return block }
        giveWay()
      }
    }
  }

  /// The system has no more memory: the journal makes do with less than it has, so that others find some.
  private mutating func giveWay() {
    precondition(pool.count > 2, "no memory for the first records")
    limit = max(Self.leastBlocks, pool.count - Self.wayGiven) * BlockPool.blockSize
    blockLimit = limit / BlockPool.blockSize
    while pool.count > blockLimit, makeRoom() { pool.shrink() }
  }

  /// Drops the oldest payloads or records. Returns false if there is nothing to drop.
  private mutating func makeRoom() -> Bool {
    let hasPayload = payloads.blockCount > 1
    if hasPayload, payloads.blockCount * Self.payloadShare > blockLimit || log.blockCount == 1 {
      pool.give(payloads.dropFirst())
    } else if log.blockCount > 1 {
      dropRecords()
    } else {
      return false
    }
    return true
  }

  private mutating func dropRecords() {
    for sequence in log.first..<log.first + RecordLog.perBlock {
      let record = log[sequence]
      if record.socket != .none { sockets.dropFirstRecord(of: record.socket) }
      if let address = record.address { addresses.drop(address) }
    }
    pool.give(log.dropFirst())
    addresses.forgetIdle(before: log.first)
  }

  // MARK: Reading

  var extent: Journal.Extent {
    Journal.Extent(
      records: log.first..<log.next, evictedBytes: payloads.first,
      memory: pool.count * BlockPool.blockSize + tableMemory, limit: limit,
      socketsVersion: sockets.version, forgottenSockets: sockets.forgotten)
  }

  /// Sequence number of the first record of which the payload is held too.
  var firstWhole: Int {
    var (low, high) = (log.first, log.next)
    while low < high {
      let middle = low + (high - low) / 2
      if log[middle].payloadPosition >= payloads.first { high = middle } else { low = middle + 1 }
    }
    return low
  }

  func read(_ batch: inout RecordBatch, from sequence: Int, count: Int) {
    let first = max(sequence, log.first)
    batch.begin(
      at: first, after: sequence, payloadsFrom: first < log.next ? log[first].payloadPosition : payloads.next)
    var newest = SocketID.none
    var sequence = first
    while sequence < min(log.next, first + count), batch.hasRoom {
      let (record, place) = (log[sequence], batch.bytes.count)
      let isHeld = copyPayload(of: record, to: &batch.bytes)
      batch.append(record, at: isHeld ? place : nil)
      if record.socket != newest {
        newest = record.socket
        note(newest, in: &batch)
      }
      if let connection = record.connection { note(connection, in: &batch) }
      sequence += 1
    }
  }

  private func note(_ socket: SocketID, in batch: inout RecordBatch) {
    if batch.sockets[socket] == nil { batch.sockets[socket] = sockets[socket]?.pointee.info }
  }

  func skip(_ socket: SocketID?, from place: Int, to kinds: RecordKinds) -> Int {
    guard let socket else { return log.isHeld(place) ? log.skip(from: place, to: kinds) : place }
    guard let entry = sockets[socket], entry.pointee.index.ranks.contains(place) else { return place }
    let sequence = entry.pointee.index.sequence(of: place, oldest: log.first)
    return max(
      place, entry.pointee.index.rank(atOrAfter: log.skip(from: sequence, to: kinds), oldest: log.first))
  }

  func skip(_ socket: SocketID?, backFrom place: Int, to kinds: RecordKinds) -> Int {
    guard let socket else { return log.isHeld(place - 1) ? log.skip(backFrom: place, to: kinds) : place }
    guard let entry = sockets[socket], entry.pointee.index.ranks.contains(place - 1) else { return place }
    let end = entry.pointee.index.sequence(of: place - 1, oldest: log.first) + 1
    return entry.pointee.index.rank(atOrAfter: log.skip(backFrom: end, to: kinds), oldest: log.first)
  }

  func copyPayload(of record: Record, in range: Range<Int> = 0..<Int.max, to bytes: inout [UInt8]) -> Bool {
    guard record.payloadPosition >= payloads.first,
      record.payloadPosition + Int64(record.payloadLength) <= payloads.next
    else { return record.payloadLength == 0 }
    let part = range.clamped(to: 0..<Int(record.payloadLength))
    payloads.copy(from: record.payloadPosition + Int64(part.lowerBound), count: part.count, to: &bytes)
    return true
  }
}
