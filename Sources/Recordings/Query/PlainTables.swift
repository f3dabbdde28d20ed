import CRecording
import Glibc
import SystemPackage
import Traffic

/// A journal as plain rows in a SQLite file: for tools that know nothing of recordings, and take their time.
public enum PlainTables {
  /// Makes the file, which must not be there, with the tables `records`, `sockets` and `messages`.
  /// - Parameter limit: records at most; nil for all.
  /// - Returns: how many records it has.
  public static func write(_ journal: Journal, to path: String, limit: Int?) -> Result<Int, RecordingFailure>
  {
    let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if file < 0 {
      return .failure(
        errno == EEXIST
          ? RecordingFailure(path, "it is there already and stays as it is; choose another name")
          : RecordingFailure(path, Errno(rawValue: errno)))
    }
    close(file)
    do {
      let database = try Database(":memory:", flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
      try QueryTables.add(journal, to: database.handle)
      let attach = try database.prepare("ATTACH ?1 AS plain")
      attach.bind(1, path)
      _ = try attach.step()
      let rows = limit.map { " LIMIT \($0)" } ?? ""
      try database.run(
        """
        BEGIN;
        CREATE TABLE plain.records AS SELECT * FROM main.records\(rows);
        CREATE TABLE plain.sockets AS SELECT * FROM main.sockets;
        CREATE TABLE plain.messages AS SELECT * FROM main.messages;
        COMMIT
        """)
      let count = try database.prepare("SELECT count(*) FROM plain.records")
      return .success(try count.step() ? count.int(0) ?? 0 : 0)
    } catch {
      unlink(path)
      return .failure(RecordingFailure(path, error.text))
    }
  }
}
