/// What the journal's lock guards.
///
/// Unchecked: it owns its memory alone, is reached only under the journal's lock, and keeps nothing of what is passed in.
struct JournalState: ~Copyable, @unchecked Sendable {
  /// One socket of the table.
  final class Entry {
    var info: SocketInfo
    var totals = SocketTotals()
    var index = SocketIndex()

    init(_ info: SocketInfo) { self.info = info }
  }

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

  /// Of the memory, at least this share stays with payloads while there are older records to drop.
  private static let payloadShare = 4

  var log = RecordLog()
  var sockets: [Entry] = []
  var socketsVersion = 0
  var names: [String: SocketID] = [:]
  var addresses: [String] = []
  var waiters: [Waiter] = []
  var readers = 0
  private var addressIDs: [String: AddressID] = [:]
  private var payloads = PayloadLog()
  private var pool = BlockPool()
  private let blockLimit: Int
  private let limit: Int
  private var indexMemory = 0

  init(limit: Int) {
    self.limit = limit
    blockLimit = max(4, limit / BlockPool.blockSize)
  }

  // MARK: Tables

  mutating func add(_ info: SocketInfo) -> SocketID {
    let id = SocketID(UInt32(sockets.count))
    sockets.append(Entry(info))
    names[info.name] = id
    socketsVersion += 1
    return id
  }

  mutating func intern(_ address: String) -> AddressID {
    if let known = addressIDs[address] { return known }
    let id = AddressID(UInt32(addresses.count))
    addresses.append(address)
    addressIDs[address] = id
    return id
  }

  // MARK: Appending

  mutating func append(_ record: Record, payload: UnsafeRawBufferPointer) -> Int {
    var record = record
    var rest = payload
    record.payloadPosition = payloads.next
    record.payloadLength = UInt32(payload.count)
    while !rest.isEmpty {
      if payloads.room == 0 { payloads.add(takeBlock()) }
      let piece = min(rest.count, payloads.room)
      payloads.append(UnsafeRawBufferPointer(rebasing: rest[..<piece]))
      rest = UnsafeRawBufferPointer(rebasing: rest[piece...])
    }
    if log.isFull { log.add(takeBlock()) }
    if record.socket != .none {
      let entry = sockets[Int(record.socket.value)]
      entry.totals.count(&record)
      indexMemory += entry.index.append(log.next)
    }
    log.append(record)
    return log.next - 1
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

  private mutating func takeBlock() -> UnsafeMutableRawPointer {
    while true {
      let used = pool.count + (indexMemory + BlockPool.blockSize - 1) / BlockPool.blockSize
      if pool.hasFree {
        // The index has grown into what a free block would take.
        if used > blockLimit { pool.shrink() } else { return pool.take() }
      } else if used < blockLimit || !makeRoom() {
        return pool.take()
      }
    }
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
      let socket = log[sequence].socket
      if socket == .none { continue }
      let entry = sockets[Int(socket.value)]
      let before = entry.index.memory
      entry.index.dropFirst()
      indexMemory += entry.index.memory - before
    }
    pool.give(log.dropFirst())
  }

  // MARK: Reading

  var extent: Journal.Extent {
    Journal.Extent(
      records: log.first..<log.next, evictedBytes: payloads.first,
      memory: pool.count * BlockPool.blockSize + indexMemory, limit: limit, socketsVersion: socketsVersion)
  }

  func read(_ batch: inout RecordBatch, from sequence: Int, count: Int) {
    let first = max(sequence, log.first)
    batch.first = first
    batch.lostRecords = first - sequence
    batch.lostBytes = 0
    if first > sequence {
      // Payloads lie one behind the other: what lies between belonged to the records that are gone.
      let begin = first < log.next ? log[first].payloadPosition : payloads.next
      batch.lostBytes = max(0, begin - batch.payloadEnd)
    }
    batch.records.removeAll(keepingCapacity: true)
    batch.bytes.removeAll(keepingCapacity: true)
    batch.places.removeAll(keepingCapacity: true)
    var sequence = first
    while sequence < min(log.next, first + count), batch.bytes.count < BlockPool.blockSize {
      let record = log[sequence]
      let place = batch.bytes.count
      let isHeld = copyPayload(of: record, to: &batch.bytes)
      if !isHeld { batch.lostBytes += Int64(record.payloadLength) }
      batch.payloadEnd = record.payloadPosition + Int64(record.payloadLength)
      batch.records.append(record)
      batch.places.append(isHeld ? place : -1)
      sequence += 1
    }
  }

  func skip(_ socket: SocketID?, from place: Int, to kinds: RecordKinds) -> Int {
    guard let socket else { return log.isHeld(place) ? log.skip(from: place, to: kinds) : place }
    let entry = sockets[Int(socket.value)]
    guard entry.index.ranks.contains(place) else { return place }
    return max(place, entry.index.rank(atOrAfter: log.skip(from: entry.index[place], to: kinds)))
  }

  func skip(_ socket: SocketID?, backFrom place: Int, to kinds: RecordKinds) -> Int {
    guard let socket else { return log.isHeld(place - 1) ? log.skip(backFrom: place, to: kinds) : place }
    let entry = sockets[Int(socket.value)]
    guard entry.index.ranks.contains(place - 1) else { return place }
    return entry.index.rank(atOrAfter: log.skip(backFrom: entry.index[place - 1] + 1, to: kinds))
  }

  func copyPayload(of record: Record, in range: Range<Int> = 0..<Int.max, to bytes: inout [UInt8]) -> Bool {
    guard record.payloadPosition >= payloads.first else { return record.payloadLength == 0 }
    let part = range.clamped(to: 0..<Int(record.payloadLength))
    payloads.copy(from: record.payloadPosition + Int64(part.lowerBound), count: part.count, to: &bytes)
    return true
  }
}
