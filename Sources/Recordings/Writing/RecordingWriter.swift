import CRecording
import Traffic

/// Writes the rows of a recording, in transactions; one thread's alone.
final class RecordingWriter {
  /// A block that is on disk once the transaction is.
  typealias Written = BlockEntry

  private let database: Database
  private let encoder: BlockEncoder
  private let block: Statement
  private let blockSocket: Statement
  private let blockSum: Statement
  private let forgetSums: Statement
  private let address: Statement
  private let missing: Statement
  private let socket: Statement
  private let progress: Statement
  private let end: Statement
  private var isInTransaction = false
  private let log = Log()

  /// What SQLite tells of its log after each commit.
  private final class Log {
    var pages: Int32 = 0
  }

  /// How long another process may lock the file, in milliseconds, before records are given up: memory holds them so long.
  private static let patience: Int32 = 10_000

  /// Makes the tables in a file that is there and empty.
  init(_ path: String, _ origin: RecordingOrigin, wall: Nanoseconds, from first: Int, at time: Nanoseconds)
    throws(DatabaseFailure)
  {
    guard let encoder = BlockEncoder() else {
      throw DatabaseFailure(code: SQLITE_NOMEM, text: "out of memory")
    }
    self.encoder = encoder
    database = try Database(path, flags: SQLITE_OPEN_READWRITE)
    sqlite3_busy_timeout(database.handle, Self.patience)
    try database.run(RecordingSchema.settings)
    try database.run("BEGIN;" + RecordingSchema.tables)
    let begin = try database.prepare(
      "INSERT INTO recording VALUES(?1,?2,?3,?4,?5,?6,?7,?8,NULL,?9,?9,0,0,0,0,0,0,0)")
    begin.bind(1, RecordingSchema.format)
    begin.bind(2, RecordingSchema.readerMinimum)
    begin.bind(3, origin.program)
    begin.bind(4, origin.kernel)
    begin.bind(5, origin.command)
    begin.bind(6, origin.lab)
    begin.bind(7, wall)
    begin.bind(8, time)
    begin.bind(9, first)
    try begin.run()
    try database.run("COMMIT")
    block = try database.prepare("INSERT OR REPLACE INTO block VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)")
    blockSocket = try database.prepare("INSERT OR REPLACE INTO block_socket VALUES(?1,?2,?3,?4)")
    blockSum = try database.prepare("INSERT INTO block_sum VALUES(?1,?2,?3,?4,?5,?6,?7,?8)")
    forgetSums = try database.prepare("DELETE FROM block_sum WHERE block = ?1")
    address = try database.prepare("INSERT OR IGNORE INTO address VALUES(?1,?2)")
    missing = try database.prepare("INSERT INTO missing VALUES(?1,?2,?3,?4)")
    socket = try database.prepare(SocketRow.insert)
    progress = try database.prepare(
      """
      UPDATE recording SET next=?1, payload=?2, receives=?3, sends=?4, received=?5, sent=?6, bursts=?7, latest=?8
      """)
    end = try database.prepare("UPDATE recording SET ended=?1")
    sqlite3_wal_hook(
      database.handle,
      { log, _, _, pages in
        // It lives as long as the connection.
        Unmanaged<Log>.fromOpaque(log!).takeUnretainedValue().pages = pages
        return SQLITE_OK
      }, Unmanaged.passUnretained(log).toOpaque())
  }

  /// Bytes in the log.
  var logged: Int64 { Int64(log.pages) * RecordingSchema.pageSize }

  private func begin() throws(DatabaseFailure) {
    if isInTransaction { return }
    try database.run("BEGIN IMMEDIATE")
    isInTransaction = true
  }

  /// Writes a block, or writes it anew with what has come since.
  func write(_ open: OpenBlock) throws(DatabaseFailure) -> Written {
    try begin()
    let records = encoder.records(open.records, isKept: open.isKept)
    let payload = encoder.payload(open.payload)
    let position = open.position
    var failure: DatabaseFailure?
    records.withUnsafeBytes { records in
      payload.withUnsafeBytes { payload in
        withUnsafeBytes(of: open.kinds.rawValue.littleEndian) { kinds in
          block.bind(1, open.first)
          block.bind(2, open.records.count)
          block.bind(3, open.records[0].end)
          block.bind(4, open.records[open.records.count - 1].end)
          block.bind(5, position)
          block.bind(6, open.bytes)
          block.bind(7, kinds)
          block.bind(
            8,
            BlockFormat.checksum(
              first: open.first, count: open.records.count, position: position, records, payload))
          block.bind(9, records)
          block.bind(10, payload)
          do throws(DatabaseFailure) { try block.run() } catch { failure = error }
        }
      }
    }
    if let failure { throw failure }
    for part in open.sockets {
      blockSocket.bind(1, Int(part.id.value))
      blockSocket.bind(2, part.rank)
      blockSocket.bind(3, open.first)
      blockSocket.bind(4, part.count)
      try blockSocket.run()
    }
    forgetSums.bind(1, open.first)
    try forgetSums.run()
    for (key, sum) in open.sums {
      blockSum.bind(1, open.first)
      blockSum.bind(2, key.socket == .none ? -1 : Int(key.socket.value))
      blockSum.bind(3, key.kind.word)
      blockSum.bind(4, key.why?.rawValue ?? "")
      blockSum.bind(5, sum.count)
      blockSum.bind(6, sum.bytes)
      blockSum.bind(7, sum.waited)
      blockSum.bind(8, sum.longest)
      try blockSum.run()
    }
    return BlockEntry(
      first: open.first, count: open.records.count, position: position, bytes: open.bytes, kinds: open.kinds)
  }

  func write(_ row: SocketRow) throws(DatabaseFailure) {
    try begin()
    try row.write(by: socket)
  }

  func write(_ id: AddressID, _ text: String) throws(DatabaseFailure) {
    try begin()
    address.bind(1, Int(id.value))
    address.bind(2, text)
    try address.run()
  }

  func write(_ loss: RecordingLoss) throws(DatabaseFailure) {
    try begin()
    missing.bind(1, loss.first)
    missing.bind(2, loss.count)
    missing.bind(3, loss.bytes)
    missing.bind(4, loss.cause.rawValue)
    try missing.run()
  }

  /// Says how far it has come; `payload` is the journal's position behind the last payload.
  func commit(next: Int, payload: Int64, _ sums: JournalSummary) throws(DatabaseFailure) {
    try begin()
    progress.bind(1, next)
    progress.bind(2, payload)
    progress.bind(3, sums.receives)
    progress.bind(4, sums.sends)
    progress.bind(5, sums.receivedBytes)
    progress.bind(6, sums.sentBytes)
    progress.bind(7, sums.bursts)
    progress.bind(8, sums.latest)
    try progress.run()
    try database.run("COMMIT")
    isInTransaction = false
  }

  /// Forgets what was not committed.
  func rollBack() {
    // Some failures have rolled back already.
    try? database.run("ROLLBACK")
    isInTransaction = false
  }

  /// Pages of the log of what is not in the file itself yet, after another connection has moved most of them.
  func checkpoint() { sqlite3_wal_checkpoint_v2(database.handle, nil, SQLITE_CHECKPOINT_PASSIVE, nil, nil) }

  func finish(at time: Nanoseconds) throws(DatabaseFailure) {
    end.bind(1, time)
    try end.run()
  }

  /// Makes it one file.
  func close() {
    // Somebody may be reading it; then what was committed last stays in a file beside it.
    try? database.run("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE")
  }
}
