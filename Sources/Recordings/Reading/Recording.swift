import CRecording
import Glibc
import Synchronization
import SystemPackage
import Traffic

/// The file of a recording, to be read: what a journal has behind its memory.
///
/// Unchecked: the connection, its statements and the blocks that are remembered are reached under the lock alone.
public final class Recording: RecordArchive, @unchecked Sendable {
  enum Mode {
    /// It is over, or another process writes it: what it has now is all.
    case whole
    /// This process writes it.
    case live
  }

  /// Blocks that are remembered: a few megabytes.
  private static let mostBlocks = 24

  public let path: String
  public let origin: RecordingOrigin
  /// Wall clock at the run's time 0, in nanoseconds since 1970.
  public let wall: Nanoseconds
  /// When it was ended; nil if it was cut off, or is still being written.
  public let ended: Nanoseconds?
  /// True if another process writes it.
  public let isBeingWritten: Bool
  /// What is missing in it.
  public let losses: [RecordingLoss]
  /// What all its records add up to.
  let summary: JournalSummary
  /// Where its payloads end among the journal's.
  let payload: Int64

  private let lock = Mutex(())
  private let database: Database
  private let decoder: BlockDecoder
  private let blockRow: Statement
  private let rankBlock: Statement
  private let nextRank: Statement
  private let ranksOf: Statement
  private let socketByID: Statement
  private let socketByName: Statement
  private let addressByID: Statement
  /// What blocks there are, by their first records.
  private var entries: [BlockEntry] = []
  private var next = 0
  /// Blocks that were read, by their first records, and when they were wanted last.
  private var blocks: [Int: (block: ArchivedBlock, used: Int)] = [:]
  private var uses = 0
  /// Blocks that could not be read.
  private var damaged: Set<Int> = []

  /// Opens the file of a run that is over, or was cut off.
  public convenience init(opening path: String) throws(RecordingFailure) {
    do {
      try self.init(path, mode: .whole)
    } catch let failure as RecordingFailure {
      throw failure
    } catch {
      throw RecordingFailure(path, "\(error)")
    }
  }

  init(_ path: String, mode: Mode) throws {
    self.path = path
    guard let decoder = BlockDecoder() else { throw RecordingFailure(path, .noMemory) }
    self.decoder = decoder
    do {
      isBeingWritten = try mode == .whole && Self.isLocked(path)
      database = try Self.connect(path)
      let head = try RecordingHead(database, path)
      (origin, wall, ended, summary, payload, next) =
        (head.origin, head.wall, head.ended, head.summary, head.payload, head.next)
      losses = try Self.losses(database)
      blockRow = try database.prepare(
        "SELECT count, position, bytes, crc, records, payload FROM block WHERE first = ?1")
      rankBlock = try database.prepare(
        "SELECT block, rank, count FROM block_socket WHERE socket = ?1 AND rank <= ?2 ORDER BY rank DESC LIMIT 1")
      nextRank = try database.prepare(
        "SELECT block, rank, count FROM block_socket WHERE socket = ?1 AND rank > ?2 ORDER BY rank LIMIT 1")
      ranksOf = try database.prepare(
        """
        SELECT (SELECT min(rank) FROM block_socket WHERE socket = ?1), rank + count FROM block_socket
        WHERE socket = ?1 ORDER BY rank DESC LIMIT 1
        """)
      socketByID = try database.prepare(SocketRow.select + " WHERE id = ?1")
      socketByName = try database.prepare("SELECT id FROM socket WHERE name = ?1")
      addressByID = try database.prepare("SELECT text FROM address WHERE id = ?1")
      entries = try Self.entries(database, path)
    } catch let failure as DatabaseFailure {
      throw Self.failure(failure, path)
    }
  }

  // MARK: Opening

  private static func connect(_ path: String) throws -> Database {
    if access(path, R_OK) != 0 { throw RecordingFailure(path, Errno(rawValue: errno)) }
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      throw RecordingFailure(path, "it is no file")
    }
    let database: Database
    do throws(DatabaseFailure) {
      database = try openAndLook(path)
    } catch {
      // SQLite wants to make a file beside it. Where it cannot, and nothing is left beside it, the file holds all there is.
      guard error.primary == SQLITE_CANTOPEN || error.primary == SQLITE_READONLY, access(path + "-wal", F_OK) != 0
      else { throw error }
      database = try openAndLook("file:" + encoded(path) + "?immutable=1")
    }
    return database
  }

  private static func openAndLook(_ name: String) throws(DatabaseFailure) -> Database {
    let database = try Database(name, flags: SQLITE_OPEN_READONLY | SQLITE_OPEN_URI)
    // Whatever is in the file, its own text is not to run.
    try database.run("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0")
    _ = cr_set_limit(database.handle, SQLITE_LIMIT_LENGTH, 1 << 30)
    _ = try database.prepare("SELECT count(*) FROM sqlite_schema").step()
    return database
  }

  private static func encoded(_ path: String) -> String {
    path.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "%"): "%25"
      case UInt8(ascii: "?"): "%3f"
      case UInt8(ascii: "#"): "%23"
      case 0x20..<0x7f: String(UnicodeScalar(byte))
      default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }
    }.joined()
  }

  /// True while a recorder has the file.
  private static func isLocked(_ path: String) throws -> Bool {
    let file = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    if file < 0 { throw RecordingFailure(path, Errno(rawValue: errno)) }
    defer { close(file) }
    return flock(file, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }

  private static func failure(_ failure: DatabaseFailure, _ path: String) -> RecordingFailure {
    switch failure.primary {
    case SQLITE_NOTADB: RecordingFailure(path, "it is no recording of recvscope")
    case SQLITE_CORRUPT: RecordingFailure(path, "it is damaged: \(failure.text)")
    case SQLITE_CANTOPEN, SQLITE_READONLY:
      RecordingFailure(
        path, "what belongs to it lies in \(path)-wal, and to read that its folder must be writable")
    default: RecordingFailure(path, failure.text)
    }
  }

  private static func losses(_ database: Database) throws(DatabaseFailure) -> [RecordingLoss] {
    let rows = try database.prepare("SELECT first, count, bytes, cause FROM missing ORDER BY first LIMIT 10000")
    var losses: [RecordingLoss] = []
    while try rows.step() {
      losses.append(
        RecordingLoss(
          first: rows.int(0) ?? 0, count: rows.int(1) ?? 0, bytes: rows.int64(2) ?? 0,
          cause: rows.text(3).flatMap(RecordingLoss.Cause.init) ?? .unwritten))
    }
    return losses
  }

  private static func entries(_ database: Database, _ path: String) throws -> [BlockEntry] {
    let rows = try database.prepare("SELECT first, count, position, bytes, kinds FROM block ORDER BY first")
    var entries: [BlockEntry] = []
    while try rows.step() {
      let kinds = rows.bytes(4)
      guard let first = rows.int(0), let count = rows.int(1), let position = rows.int64(2), let bytes = rows.int64(3),
        kinds.count == 16, (1...BlockFormat.mostRecords).contains(count),
        first >= entries.last?.end ?? 0, first < RecordingLimits.numbers,
        position >= entries.last.map({ $0.position + $0.bytes }) ?? 0, position < RecordingLimits.numbers,
        (0...RecordingLimits.numbers).contains(bytes)
      else { throw RecordingFailure(path, "it is damaged: its blocks do not fit together") }
      entries.append(
        BlockEntry(
          first: first, count: count, position: position, bytes: bytes,
          kinds: RecordKinds(rawValue: UInt128(littleEndian: kinds.loadUnaligned(as: UInt128.self)))))
    }
    return entries
  }

  /// The journal of the run that was recorded.
  /// - Parameter limit: memory in bytes for what is added to it.
  public func journal(limit: Int) throws(RecordingFailure) -> Journal {
    do {
      let rows = try database.prepare(SocketRow.select + " ORDER BY id")
      var sockets: [(id: SocketID, info: SocketInfo, totals: SocketTotals)] = []
      while try rows.step() {
        guard let row = SocketRow(rows) else { throw RecordingFailure(path, "it is damaged: a socket") }
        sockets.append((row.id, row.info, row.totals))
      }
      return Journal(self, sockets: sockets, summary: summary, payloads: payload, limit: limit)
    } catch {
      throw (error as? DatabaseFailure).map { Self.failure($0, path) } ?? error as? RecordingFailure
        ?? RecordingFailure(path, "\(error)")
    }
  }

  // MARK: While it is written

  /// Blocks came to be on disk, the last of them maybe anew.
  func note(_ written: [BlockEntry], next: Int) {
    lock.withLock { _ in
      for entry in written {
        if entries.last?.first == entry.first { entries.removeLast() }
        entries.append(entry)
        blocks[entry.first] = nil
      }
      self.next = max(self.next, next)
    }
  }

  // MARK: Blocks

  public var records: Range<Int> {
    lock.withLock { _ in
      guard let first = entries.first, let last = entries.last else { return next..<next }
      return first.first..<last.end
    }
  }

  public func block(from sequence: Int) -> ArchivedBlock? {
    lock.withLock { _ in
      var place = place(of: sequence)
      while place < entries.count {
        if let block = load(place) { return block }
        place += 1
      }
      return nil
    }
  }

  public func block(ofPayload position: Int64) -> ArchivedBlock? {
    lock.withLock { _ in
      let place = entries.partition { $0.position + $0.bytes > position }
      return place < entries.count && entries[place].position <= position ? load(place) : nil
    }
  }

  /// The place of the first block that ends behind a record.
  private func place(of sequence: Int) -> Int { entries.partition { $0.end > sequence } }

  private func load(_ place: Int) -> ArchivedBlock? {
    let entry = entries[place]
    uses += 1
    if let known = blocks[entry.first] {
      blocks[entry.first]!.used = uses
      return known.block
    }
    if damaged.contains(entry.first) { return nil }
    guard let block = read(entry) else {
      damaged.insert(entry.first)
      return nil
    }
    if blocks.count >= Self.mostBlocks, let oldest = blocks.min(by: { $0.value.used < $1.value.used }) {
      blocks[oldest.key] = nil
    }
    blocks[entry.first] = (block, uses)
    return block
  }

  private func read(_ entry: BlockEntry) -> ArchivedBlock? {
    blockRow.bind(1, entry.first)
    defer { blockRow.reset() }
    guard (try? blockRow.step()) == true, let count = blockRow.int(0), let position = blockRow.int64(1),
      let crc = blockRow.int64(3)
    else { return nil }
    let (records, payload) = (blockRow.bytes(4), blockRow.bytes(5))
    guard position == entry.position, count == entry.count,
      crc == BlockFormat.checksum(first: entry.first, count: count, position: position, records, payload),
      let decoded = decoder.records(records, count: count)
    else { return nil }
    let size = zip(decoded.records, decoded.isKept).reduce(0) { $0 + ($1.1 ? Int($1.0.payloadLength) : 0) }
    return ArchivedBlock(first: entry.first, decoded.records, isKept: decoded.isKept, position: position) {
      [weak self] in self?.payload(of: entry.first, size: size)
    }
  }

  private func payload(of first: Int, size: Int) -> [UInt8]? {
    lock.withLock { _ in
      blockRow.bind(1, first)
      defer { blockRow.reset() }
      guard (try? blockRow.step()) == true else { return nil }
      return decoder.payload(blockRow.bytes(5), size: size)
    }
  }

  // MARK: Sockets

  public func ranks(of socket: SocketID) -> Range<Int> {
    lock.withLock { _ in
      ranksOf.bind(1, Int(socket.value))
      defer { ranksOf.reset() }
      guard (try? ranksOf.step()) == true, let first = ranksOf.int(0), let end = ranksOf.int(1), first >= 0,
        first <= end, end < RecordingLimits.numbers
      else { return 0..<0 }
      return first..<end
    }
  }

  public func block(of socket: SocketID, from rank: Int) -> (block: ArchivedBlock, first: Int)? {
    lock.withLock { _ in
      var rank = rank
      while let part = part(of: socket, from: rank) {
        let place = place(of: part.block)
        if place < entries.count, entries[place].first == part.block, let block = load(place),
          block.indexes(of: socket).count == part.count
        {
          return (block, part.rank)
        }
        rank = part.rank + part.count
      }
      return nil
    }
  }

  /// What lies in one block of a socket's records, where a rank lies or the next one that there is.
  private func part(of socket: SocketID, from rank: Int) -> (block: Int, rank: Int, count: Int)? {
    for statement in [rankBlock, nextRank] {
      statement.bind(1, Int(socket.value))
      statement.bind(2, rank)
      defer { statement.reset() }
      if (try? statement.step()) == true, let block = statement.int(0), let first = statement.int(1),
        let count = statement.int(2), first >= 0, (1...BlockFormat.mostRecords).contains(count),
        first < RecordingLimits.numbers, first + count > rank
      {
        return (block, first, count)
      }
    }
    return nil
  }

  public func rank(of socket: SocketID, atOrAfter sequence: Int) -> Int {
    let ranks = ranks(of: socket)
    return lock.withLock { _ in
      // Below `low` all come before it, and from `high` on none does.
      var (low, high) = (ranks.lowerBound, ranks.upperBound)
      while low < high {
        let middle = low + (high - low) / 2
        guard let part = part(of: socket, from: middle) else {
          high = middle
          continue
        }
        let place = place(of: part.block)
        guard place < entries.count, entries[place].first == part.block else { break }
        if entries[place].end <= sequence {
          low = part.rank + part.count
        } else if entries[place].first >= sequence {
          high = min(middle, part.rank)
        } else {
          let before = load(place).map { block in
            block.indexes(of: socket).partition { block.first + Int($0) >= sequence }
          }
          return part.rank + (before ?? 0)
        }
      }
      return low
    }
  }

  public func skip(of socket: SocketID?, from place: Int, to kinds: RecordKinds) -> Int {
    lock.withLock { _ in
      guard let socket else {
        var index = self.place(of: place)
        guard index < entries.count, entries[index].first <= place else { return place }
        let start = index
        while index < entries.count, entries[index].kinds.isDisjoint(with: kinds) { index += 1 }
        if index == start { return place }
        return index < entries.count ? entries[index].first : entries[entries.count - 1].end
      }
      var rank = place
      while let part = part(of: socket, from: rank) {
        let index = self.place(of: part.block)
        guard index < entries.count, entries[index].kinds.isDisjoint(with: kinds) else { break }
        rank = part.rank + part.count
      }
      return rank
    }
  }

  public func skip(of socket: SocketID?, backFrom place: Int, to kinds: RecordKinds) -> Int {
    lock.withLock { _ in
      guard let socket else {
        var index = self.place(of: place - 1)
        guard place > 0, index < entries.count, entries[index].first < place else { return place }
        if !entries[index].kinds.isDisjoint(with: kinds) { return place }
        while index > 0, entries[index].kinds.isDisjoint(with: kinds) { index -= 1 }
        return entries[index].kinds.isDisjoint(with: kinds) ? entries[index].first : entries[index].end
      }
      var rank = place
      while rank > 0, let part = part(of: socket, from: rank - 1), part.rank < rank {
        let index = self.place(of: part.block)
        guard index < entries.count, entries[index].kinds.isDisjoint(with: kinds) else { break }
        rank = part.rank
      }
      return rank
    }
  }

  public func socket(_ socket: SocketID) -> (info: SocketInfo, totals: SocketTotals)? {
    lock.withLock { _ in
      socketByID.bind(1, Int(socket.value))
      defer { socketByID.reset() }
      guard (try? socketByID.step()) == true, let row = SocketRow(socketByID) else { return nil }
      return (row.info, row.totals)
    }
  }

  public func socket(named name: String) -> SocketID? {
    lock.withLock { _ in
      socketByName.bind(1, name)
      defer { socketByName.reset() }
      guard (try? socketByName.step()) == true else { return nil }
      return socketByName.int64(0).flatMap(UInt32.init(exactly:)).map(SocketID.init)
    }
  }

  public func text(of address: AddressID) -> String? {
    lock.withLock { _ in
      addressByID.bind(1, Int(address.value))
      defer { addressByID.reset() }
      return (try? addressByID.step()) == true ? addressByID.text(0) : nil
    }
  }
}

extension Array {
  /// The first place from which on something holds; before it, it does not hold.
  fileprivate func partition(_ holds: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = low + (high - low) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
