import CLinux
import CRecording
import Glibc
import Traffic

/// Takes records from the journal to the file: what is read, what is on disk, and what is missing. The recorder's thread alone
/// has it.
final class RecordingCourse {
  /// What is kept of a socket while it may have further records.
  private final class Known {
    let id: SocketID
    var totals = SocketTotals()
    /// The rank of its next record; nil before its first.
    var rank: Int?
    var written: SocketRow?
    var info: SocketInfo?
    /// It has to be written anew.
    var isChanged = false

    init(_ id: SocketID) { self.id = id }
  }

  private static let batch = 1024
  private static let leastBatch = 64
  /// A block with so many records or bytes is not written anew for what comes.
  private static let leastRecords = 1024
  private static let leastPayload = 1 << 17
  /// Sockets that are remembered before those that are over are forgotten.
  private static let mostSockets = 1 << 16

  /// Sequence number of the first record.
  let first: Int
  /// Sequence number of the next record to read, and behind the last one that is on disk.
  private(set) var cursor: Int
  private(set) var written: Int
  /// Why nothing is written at present.
  private(set) var failure: String?
  /// Records that are missing, those that the disk does not take at present included.
  var lost: Int { told + (failure == nil ? 0 : cursor - written) }

  let path: String
  private let file: CInt
  private let identity: FileIdentity?
  private let journal: Journal
  private let writer: RecordingWriter
  private let checkpointer: Checkpointer
  private var batch = RecordBatch()
  private var open = OpenBlock()
  private var sums = JournalSummary()
  private var all: [SocketID: Known] = [:]
  /// Those asked for last, by the end of their ids.
  private var recent = [Known?](repeating: nil, count: 64)
  private var changed: [Known] = []
  private var addresses: Set<AddressID> = []
  private var version = 0
  /// Where the payloads of what was read end, and of what is on disk.
  private var payloadEnd: Int64 = 0
  private var writtenPayload: Int64 = 0
  /// Where they ended before the last batch.
  private var payloadBefore: Int64 = 0
  /// Records of which is said that they are missing.
  private var told = 0
  /// Those that came since the recording began and whose bytes had gone from memory before their turn, and these bytes.
  private(set) var unkept = (records: 0, bytes: Int64(0))
  /// Sequence number behind the last record that was there before.
  private let end: Int
  private var losses: [RecordingLoss] = []
  private var entries: [BlockEntry] = []
  private var published: [BlockEntry] = []

  /// - Parameter file: a descriptor of the file, which is kept while it is written.
  init(
    _ path: String, _ file: CInt, _ journal: Journal, _ origin: RecordingOrigin, wall: Nanoseconds,
    at time: Nanoseconds
  )
    throws(DatabaseFailure)
  {
    (self.path, self.file, self.journal) = (path, file, journal)
    identity = FileIdentity(path)
    let held = journal.extent.records
    (first, cursor, written) = (held.lowerBound, held.lowerBound, held.lowerBound)
    end = held.upperBound
    writer = try RecordingWriter(path, origin, wall: wall, from: first, at: time)
    checkpointer = Checkpointer(path)
    if first > 0 { losses.append(RecordingLoss(first: 0, count: first, bytes: 0, cause: .evicted)) }
    open.begin(at: first)
  }

  deinit { Glibc.close(file) }

  /// Blocks that came to be on disk since they were asked for.
  func takeWritten() -> [BlockEntry] {
    defer { published = [] }
    return published
  }

  // MARK: Reading the journal

  /// Reads what there is, and writes it.
  /// - Parameters:
  ///   - deadline: CLOCK_MONOTONIC; what comes later is for the next time, and so is what comes one by one.
  /// - Returns: false if there was nothing.
  func take(until deadline: Nanoseconds) -> Bool {
    let isRead = take(before: .max, while: { self.hasGathered && cl_monotonic() < deadline })
    if isRead { commit() }
    return isRead
  }

  /// Reads all before a sequence number, and writes it.
  func takeAll(before end: Int) {
    if take(before: end, while: { true }) { commit() }
  }

  /// More than a little was read at once, so there may be more.
  private var hasGathered: Bool {
    batch.records.count >= Self.leastBatch || payloadEnd - payloadBefore >= Self.leastPayload
  }

  private func take(before end: Int, while goesOn: () -> Bool) -> Bool {
    var isRead = false
    repeat {
      journal.read(&batch, from: cursor, count: min(Self.batch, end - cursor))
      if batch.records.isEmpty, batch.lostRecords == 0 { break }
      isRead = true
      payloadBefore = payloadEnd
      take()
    } while cursor < end && goesOn()
    return isRead
  }

  private func take() {
    if batch.lostRecords > 0 {
      noteLoss(batch.first - batch.lostRecords, batch.lostRecords, batch.lostBytes, .unwritten)
      close(reopeningAt: batch.first)
    }
    for (id, info) in batch.sockets { note(id, info) }
    for (index, record) in batch.records.enumerated() {
      var payload = batch.payload(index)
      if record.payloadLength > BlockFormat.mostPayload { payload = nil }
      if payload == nil, record.payloadLength > 0 {
        noteLoss(batch.first + index, 1, Int64(record.payloadLength), .payload)
      }
      if open.isFull { close(reopeningAt: batch.first + index) }
      open.append(
        record, payload: payload ?? (record.payloadLength == 0 ? [] : nil),
        rank: count(record, batch.first + index))
      sums.count(record)
      if let address = record.address, addresses.insert(address).inserted {
        attempt { try self.writer.write(address, self.journal.text(of: address)) }
      }
    }
    if let last = batch.records.last { payloadEnd = last.payloadPosition + Int64(last.payloadLength) }
    cursor = batch.next
  }

  /// Counts a record of its socket.
  /// - Returns: its rank.
  private func count(_ record: Record, _ sequence: Int) -> Int {
    guard record.socket != .none else { return 0 }
    let known = known(record.socket)
    let rank = known.rank ?? journal.rank(of: record.socket, atOrAfter: sequence)
    if known.rank == nil {
      if rank > 0 { known.totals = journal.socket(record.socket)?.totals ?? known.totals }
      known.totals.records = rank
    }
    known.totals.follow(record)
    known.rank = rank + 1
    noteChange(known)
    return rank
  }

  @inline(__always)
  private func known(_ id: SocketID) -> Known {
    let slot = Int(id.value) & 63
    if let found = recent[slot], found.id == id { return found }
    let found = all[id] ?? Known(id)
    all[id] = found
    recent[slot] = found
    return found
  }

  @inline(__always)
  private func noteChange(_ known: Known) {
    if known.isChanged { return }
    known.isChanged = true
    changed.append(known)
  }

  private func note(_ id: SocketID, _ info: SocketInfo) {
    let known = known(id)
    if known.info == info { return }
    known.info = info
    noteChange(known)
  }

  // MARK: Writing

  /// Writes the open block for good.
  private func close(reopeningAt next: Int) {
    if !open.isEmpty { writeOpen() }
    open.begin(at: next)
  }

  private func writeOpen() {
    attempt {
      let entry = try self.writer.write(self.open)
      if self.entries.last?.first == entry.first { self.entries.removeLast() }
      self.entries.append(entry)
    }
  }

  private func commit() {
    if !open.isEmpty { writeOpen() }
    noteChanges()
    attempt {
      for known in self.changed {
        guard let info = known.info else { continue }
        let row = SocketRow(known.id, info, known.totals)
        if row != known.written { try self.writer.write(row) }
        known.written = row
      }
      for loss in self.losses { try self.writer.write(loss) }
      try self.writer.commit(next: self.open.end, payload: self.payloadEnd, self.sums)
    }
    if failure == nil {
      for known in changed { known.isChanged = false }
      changed.removeAll(keepingCapacity: true)
      losses = []
      published += entries
      entries = []
      (written, writtenPayload) = (open.end, payloadEnd)
      forgetSockets()
      if checkpointer.takeDone() {
        writer.checkpoint()
      } else if Checkpointer.isDue(writer.logged, besides: file) {
        checkpointer.start()
      }
    }
    if open.records.count >= Self.leastRecords || open.payload.count >= Self.leastPayload {
      open.begin(at: open.end)
    }
  }

  /// What is known of sockets may change without a record.
  private func noteChanges() {
    let now = journal.extent.socketsVersion
    guard now != version else { return }
    for id in journal.sockets(changedSince: version) ?? journal.sockets {
      if let info = journal.socket(id)?.info { note(id, info) }
    }
    version = now
  }

  private func forgetSockets() {
    guard all.count > Self.mostSockets else { return }
    let held = Set(journal.sockets)
    all = all.filter { held.contains($0.key) }
    recent = Array(repeating: nil, count: recent.count)
  }

  // MARK: Failures

  private static let gone = "the file was removed or renamed; nothing more is written"

  private func noteLoss(_ first: Int, _ count: Int, _ bytes: Int64, _ cause: RecordingLoss.Cause) {
    if cause != .payload {
      told += count
    } else if first >= end {
      unkept = (unkept.records + count, unkept.bytes + bytes)
    }
    if let last = losses.last, last.cause == cause, last.first + last.count == first {
      losses[losses.count - 1].count += count
      losses[losses.count - 1].bytes += bytes
    } else {
      losses.append(RecordingLoss(first: first, count: count, bytes: bytes, cause: cause))
    }
  }

  /// Does what the disk may refuse. While it does, what is read is missing, and the run goes on.
  private func attempt(_ body: () throws -> Void) {
    if failure != nil { return }
    do {
      try body()
    } catch {
      writer.rollBack()
      let error = error as? DatabaseFailure
      failure =
        error?.primary == SQLITE_FULL
        ? "the disk is full; what comes now is not on disk" : error?.text ?? "it cannot be written"
    }
  }

  /// Tries again whether the disk takes something, and tells it what is missing.
  private func retry() {
    guard failure != nil, failure != Self.gone else { return }
    let before = failure
    let loss = RecordingLoss(
      first: written, count: cursor - written, bytes: payloadEnd - writtenPayload, cause: .failed)
    failure = nil
    attempt {
      if loss.count > 0 { try self.writer.write(loss) }
      try self.writer.commit(next: self.cursor, payload: self.payloadEnd, self.sums)
    }
    if failure != nil {
      failure = before
      return
    }
    told += loss.count
    (written, writtenPayload, entries, addresses) = (cursor, payloadEnd, [], [])
    open.begin(at: cursor)
    for known in all.values {
      known.written = nil
      noteChange(known)
    }
  }

  /// Looks after the file, now and then.
  func look() {
    if failure != Self.gone, let identity, FileIdentity(path) != identity {
      writer.rollBack()
      failure = Self.gone
    }
    retry()
  }

  /// Writes what is left, and that this is the end.
  func finish(at time: Nanoseconds) {
    look()
    commit()
    attempt { try self.writer.finish(at: time) }
  }

  /// Makes it one file.
  func close() { writer.close() }
}
