import CRecording
import Glibc
import SystemPackage
import Traffic

/// A journal as plain rows in a SQLite file: for tools that know nothing of recordings, and take their time.
public enum PlainTables {
  private static let piece = 1 << 20

  /// Writes a file with the tables `records`, `sockets` and `messages`.
  /// - Parameters:
  ///   - limit: records at most; nil for all.
  ///   - path: what it will be called; it is made in that folder first.
  ///   - sink: takes its bytes, piece by piece.
  /// - Returns: how many records it has.
  /// - Throws: `RecordingFailure`, or what the sink throws.
  public static func write(
    _ journal: Journal, limit: Int?, beside path: String, to sink: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> Int {
    let name = "\(path).\(String(UInt64.random(in: .min ... .max), radix: 36))"
    let file = open(name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    if file < 0 { throw RecordingFailure(path, Errno(rawValue: errno)) }
    defer { close(file) }
    let count: Int
    do {
      count = try fill(name, journal, limit)
    } catch {
      throw RecordingFailure(path, error.text)
    }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: piece, alignment: 16)
    defer { buffer.deallocate() }
    var position = 0
    while true {
      let length = pread(file, buffer.baseAddress, piece, position)
      if length < 0, errno == EINTR { continue }
      if length < 0 { throw RecordingFailure(path, Errno(rawValue: errno)) }
      if length == 0 { return count }
      try sink(UnsafeRawBufferPointer(rebasing: buffer[..<length]))
      position += length
    }
  }

  private static func fill(_ name: String, _ journal: Journal, _ limit: Int?) throws(DatabaseFailure) -> Int {
    // SQLite has to open it by a name, and then needs that no more: whatever ends this leaves nothing behind.
    defer { unlink(name) }
    let database = try Database(":memory:", flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
    try QueryTables.add(journal, to: database.handle)
    let attach = try database.prepare("ATTACH ?1 AS plain")
    attach.bind(1, name)
    _ = try attach.step()
    unlink(name)
    let rows = limit.map { " LIMIT \($0)" } ?? ""
    try database.run(
      """
      PRAGMA plain.journal_mode = MEMORY;
      BEGIN;
      CREATE TABLE plain.records AS SELECT * FROM main.records\(rows);
      CREATE TABLE plain.sockets AS SELECT * FROM main.sockets;
      CREATE TABLE plain.messages AS SELECT * FROM main.messages;
      COMMIT
      """)
    let count = try database.prepare("SELECT count(*) FROM plain.records")
    return try count.step() ? count.int(0) ?? 0 : 0
  }
}
