import CRecording
import Glibc
import SystemPackage
import Traffic

/// What is read from the tables of a recording, by one connection.
final class RecordingRows {
  let head: RecordingHead
  /// What SQLite opens it by.
  let uri: String
  private let path: String
  private let database: Database
  private let block: Statement
  private let partAt: Statement
  private let partAfter: Statement
  private let rankBounds: Statement
  private let socketByID: Statement
  private let socketByName: Statement
  private let addressByID: Statement

  /// - Throws: `DatabaseFailure` or `RecordingFailure`.
  init(_ path: String) throws {
    self.path = path
    (database, uri) = try Self.connect(path)
    head = try RecordingHead(database, path)
    block = try database.prepare(
      "SELECT count, position, bytes, crc, records, payload FROM block WHERE first = ?1")
    partAt = try database.prepare(
      "SELECT block, rank, count FROM block_socket WHERE socket = ?1 AND rank <= ?2 ORDER BY rank DESC LIMIT 1"
    )
    partAfter = try database.prepare(
      "SELECT block, rank, count FROM block_socket WHERE socket = ?1 AND rank > ?2 ORDER BY rank LIMIT 1")
    rankBounds = try database.prepare(
      """
      SELECT (SELECT min(rank) FROM block_socket WHERE socket = ?1), rank + count FROM block_socket
      WHERE socket = ?1 ORDER BY rank DESC LIMIT 1
      """)
    socketByID = try database.prepare(SocketRow.select + " WHERE id = ?1")
    socketByName = try database.prepare("SELECT id FROM socket WHERE name = ?1")
    addressByID = try database.prepare("SELECT text FROM address WHERE id = ?1")
  }

  // MARK: Opening

  private static func connect(_ path: String) throws -> (Database, uri: String) {
    if access(path, R_OK) != 0 { throw RecordingFailure(path, Errno(rawValue: errno)) }
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      throw RecordingFailure(path, "it is no file")
    }
    do throws(DatabaseFailure) {
      return (try openAndLook(uri(path)), uri(path))
    } catch {
      // SQLite wants to make a file beside it. Where it cannot, and nothing is left beside it, the file holds all there is.
      guard error.primary == SQLITE_CANTOPEN || error.primary == SQLITE_READONLY,
        access(path + "-wal", F_OK) != 0
      else { throw error }
      return (try openAndLook(uri(path) + "&immutable=1"), uri(path) + "&immutable=1")
    }
  }

  private static func uri(_ path: String) -> String { "file:" + encoded(path) + "?mode=ro" }

  private static func openAndLook(_ name: String) throws(DatabaseFailure) -> Database {
    let database = try Database(name, flags: SQLITE_OPEN_READONLY | SQLITE_OPEN_URI)
    try database.run("PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0")
    database.limitLengths(to: RecordingLimits.cell)
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

  func losses() throws(DatabaseFailure) -> [RecordingLoss] {
    let rows = try database.prepare(
      "SELECT first, count, bytes, cause FROM missing ORDER BY first LIMIT 10000")
    var losses: [RecordingLoss] = []
    while try rows.step() {
      losses.append(
        RecordingLoss(
          first: rows.int(0) ?? 0, count: rows.int(1) ?? 0, bytes: rows.int64(2) ?? 0,
          cause: rows.text(3).flatMap(RecordingLoss.Cause.init) ?? .unwritten))
    }
    return losses
  }

  /// What blocks there are, in their order.
  func entries() throws -> [BlockEntry] {
    let rows = try database.prepare("SELECT first, count, position, bytes, kinds FROM block ORDER BY first")
    var entries: [BlockEntry] = []
    while try rows.step() {
      let kinds = rows.bytes(4)
      guard let first = rows.int(0), let count = rows.int(1), let position = rows.int64(2),
        let bytes = rows.int64(3),
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

  // MARK: Rows

  /// A block, if it is as it was written.
  func records(of entry: BlockEntry, _ decoder: BlockDecoder) -> (records: [Record], isKept: [Bool])? {
    block.bind(1, entry.first)
    database.limitLengths(to: Self.longest(entry.bytes))
    defer { forgetBlock() }
    guard (try? block.step()) == true, let count = block.int(0), let position = block.int64(1),
      let crc = block.int64(3)
    else { return nil }
    let (records, payload) = (block.bytes(4), block.bytes(5))
    guard position == entry.position, count == entry.count,
      crc == BlockFormat.checksum(first: entry.first, count: count, position: position, records, payload)
    else { return nil }
    return decoder.records(records, count: count)
  }

  /// The payloads of a block that are kept.
  func payload(of first: Int, size: Int, _ decoder: BlockDecoder) -> [UInt8]? {
    block.bind(1, first)
    database.limitLengths(to: Self.longest(Int64(size)))
    defer { forgetBlock() }
    return (try? block.step()) == true ? decoder.payload(block.bytes(5), size: size) : nil
  }

  private func forgetBlock() {
    block.reset()
    database.limitLengths(to: RecordingLimits.cell)
  }

  /// Bytes that a block has in a cell at most: its payloads hardly grow by being compressed, and its columns never come to
  /// a MiB.
  private static func longest(_ bytes: Int64) -> Int {
    let most = BlockFormat.mostPayload + BlockFormat.fullPayload
    let payload = Int(min(max(0, bytes), Int64(most)))
    return payload + (payload >> 7) + (1 << 20)
  }

  func ranks(of socket: SocketID) -> Range<Int> {
    rankBounds.bind(1, Int(socket.value))
    defer { rankBounds.reset() }
    guard (try? rankBounds.step()) == true, let first = rankBounds.int(0), let end = rankBounds.int(1),
      first >= 0,
      first <= end, end < RecordingLimits.numbers
    else { return 0..<0 }
    return first..<end
  }

  /// What lies in one block of a socket's records, where a rank lies or the next one that there is.
  func part(of socket: SocketID, from rank: Int) -> (block: Int, rank: Int, count: Int)? {
    for statement in [partAt, partAfter] {
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

  /// All sockets, by ascending numbers.
  func sockets() throws -> [SocketRow] {
    let rows = try database.prepare(SocketRow.select + " ORDER BY id")
    var sockets: [SocketRow] = []
    while try rows.step() {
      guard let row = SocketRow(rows) else { throw RecordingFailure(path, "it is damaged: a socket") }
      sockets.append(row)
    }
    return sockets
  }

  func socket(_ socket: SocketID) -> SocketRow? {
    socketByID.bind(1, Int(socket.value))
    defer { socketByID.reset() }
    return (try? socketByID.step()) == true ? SocketRow(socketByID) : nil
  }

  func socket(named name: String) -> SocketID? {
    socketByName.bind(1, name)
    defer { socketByName.reset() }
    guard (try? socketByName.step()) == true else { return nil }
    return socketByName.int64(0).flatMap(UInt32.init(exactly:)).map(SocketID.init)
  }

  func text(of address: AddressID) -> String? {
    addressByID.bind(1, Int(address.value))
    defer { addressByID.reset() }
    return (try? addressByID.step()) == true ? addressByID.text(0) : nil
  }
}
