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

  /// Nobody else holds what is missing in it.
  private let isWhole: Bool
  private let lock = Mutex(())
  private let decoder: BlockDecoder
  /// Nil while the file is changed.
  private var rows: RecordingRows?
  /// What blocks there are, by their first records.
  private var entries: [BlockEntry] = []
  private var next = 0
  /// Blocks that were read, by their first records, and when they were wanted last.
  private var blocks: [Int: (block: ArchivedBlock, used: Int)] = [:]
  private var uses = 0
  /// Blocks that could not be read.
  private var damaged: Set<Int> = []
  private var whenDamaged: (@Sendable (String) -> Void)?

  /// What a file of SQLite begins with. See sqlite.org/fileformat2.html.
  private static let beginning = Array("SQLite format 3\0".utf8)

  /// True if the first bytes of a file are those of a recording, or of something else that SQLite keeps.
  public static func isRecording(_ path: String) -> Bool {
    // Not blocking: opening a FIFO would wait for a writer.
    let file = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    if file < 0 { return false }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: beginning.count)
    return Glibc.read(file, &bytes, bytes.count) == bytes.count && bytes == beginning
  }

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
    isWhole = mode == .whole
    guard let decoder = BlockDecoder() else { throw RecordingFailure(path, .noMemory) }
    self.decoder = decoder
    do {
      isBeingWritten = try mode == .whole && Self.isLocked(path)
      let rows = try RecordingRows(path)
      (origin, wall, ended) = (rows.head.origin, rows.head.wall, rows.head.ended)
      (summary, payload, next) = (rows.head.summary, rows.head.payload, rows.head.next)
      losses = try rows.losses()
      entries = try rows.entries()
      self.rows = rows
    } catch let failure as DatabaseFailure {
      throw Self.failure(failure, path)
    }
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
    case SQLITE_TOOBIG:
      RecordingFailure(path, "it is damaged: something in it is longer than any of its texts")
    case SQLITE_CANTOPEN, SQLITE_READONLY:
      RecordingFailure(
        path, "what belongs to it lies in \(path)-wal, and to read that its folder must be writable")
    default: RecordingFailure(path, failure.text)
    }
  }

  /// The journal of the run that was recorded.
  /// - Parameter limit: memory in bytes for what is added to it.
  public func journal(limit: Int) throws(RecordingFailure) -> Journal {
    do {
      let sockets = try lock.withLock { _ in try rows?.sockets() ?? [] }.map { ($0.id, $0.info, $0.totals) }
      return Journal(self, sockets: sockets, summary: summary, payloads: payloadEnd, limit: limit)
    } catch {
      throw (error as? DatabaseFailure).map { Self.failure($0, path) } ?? error as? RecordingFailure
        ?? RecordingFailure(path, "\(error)")
    }
  }

  /// What SQLite opens it by, to read.
  var uri: String { lock.withLock { _ in rows?.uri ?? path } }

  private var payloadEnd: Int64 {
    lock.withLock { _ in max(payload, entries.last.map { $0.position + $0.bytes } ?? 0) }
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

  /// Lets go of the file while it is changed as a whole.
  func reopen(after change: () -> Void) {
    lock.withLock { _ in
      rows = nil
      change()
      rows = try? RecordingRows(path)
    }
  }

  /// Is told of records that turn out to be damaged when they are read, from any thread.
  public func onDamage(_ say: @escaping @Sendable (String) -> Void) {
    lock.withLock { _ in whenDamaged = say }
  }

  /// Some that were read were damaged.
  public var isDamaged: Bool { lock.withLock { _ in !damaged.isEmpty } }

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
      whenDamaged?(
        "\(path): the records #\(entry.first) to #\(entry.end - 1) are damaged, and not shown")
      return nil
    }
    if blocks.count >= Self.mostBlocks, let oldest = blocks.min(by: { $0.value.used < $1.value.used }) {
      blocks[oldest.key] = nil
    }
    blocks[entry.first] = (block, uses)
    return block
  }

  private func read(_ entry: BlockEntry) -> ArchivedBlock? {
    guard let (records, isKept) = rows?.records(of: entry, decoder) else { return nil }
    let size = zip(records, isKept).reduce(0) { $0 + ($1.1 ? Int($1.0.payloadLength) : 0) }
    return ArchivedBlock(first: entry.first, records, isKept: isKept, position: entry.position) {
      [weak self] in
      guard let self else { return nil }
      return lock.withLock { _ in rows?.payload(of: entry.first, size: size, decoder) }
    }
  }

  // MARK: Sockets

  public func ranks(of socket: SocketID) -> Range<Int> {
    lock.withLock { _ in rows?.ranks(of: socket) ?? 0..<0 }
  }

  public func block(of socket: SocketID, from rank: Int) -> (block: ArchivedBlock, first: Int)? {
    lock.withLock { _ in
      var rank = rank
      while let part = rows?.part(of: socket, from: rank) {
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

  public func rank(of socket: SocketID, atOrAfter sequence: Int) -> Int {
    let ranks = ranks(of: socket)
    return lock.withLock { _ in
      // Below `low` all come before it, and from `high` on none does.
      var (low, high) = (ranks.lowerBound, ranks.upperBound)
      while low < high {
        let middle = low + (high - low) / 2
        guard let part = rows?.part(of: socket, from: middle) else {
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
        guard index < entries.count, isWhole || entries[index].first <= place else { return place }
        let start = index
        while index < entries.count, entries[index].kinds.isDisjoint(with: kinds) { index += 1 }
        if index == start { return max(place, entries[index].first) }
        return index < entries.count ? entries[index].first : entries[entries.count - 1].end
      }
      var rank = place
      while let part = rows?.part(of: socket, from: rank) {
        if isWhole { rank = max(rank, part.rank) }
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
      while rank > 0, let part = rows?.part(of: socket, from: rank - 1), part.rank < rank {
        let index = self.place(of: part.block)
        guard index < entries.count, entries[index].kinds.isDisjoint(with: kinds) else { break }
        rank = part.rank
      }
      return rank
    }
  }

  public func socket(_ socket: SocketID) -> (info: SocketInfo, totals: SocketTotals)? {
    lock.withLock { _ in rows?.socket(socket).map { ($0.info, $0.totals) } }
  }

  public func socket(named name: String) -> SocketID? { lock.withLock { _ in rows?.socket(named: name) } }

  public func text(of address: AddressID) -> String? { lock.withLock { _ in rows?.text(of: address) } }
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
