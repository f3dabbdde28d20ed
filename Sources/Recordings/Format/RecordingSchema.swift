/// The tables of a recording; see docs/RECORDING.md.
enum RecordingSchema {
  /// `rscp`, in the header of the file.
  static let applicationID: Int32 = 0x7273_6370
  /// Version of the format.
  static let format: Int64 = 1
  /// The first version of the program that reads this format.
  static let readerMinimum = "0.1.0"

  static let pageSize: Int64 = 16384

  static let settings = """
    PRAGMA page_size = \(pageSize);
    PRAGMA application_id = \(applicationID);
    PRAGMA user_version = \(format);
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    PRAGMA wal_autocheckpoint = 0;
    """

  static let tables = """
    CREATE TABLE recording(
      format INTEGER NOT NULL, reader_minimum TEXT NOT NULL, program TEXT NOT NULL, kernel TEXT NOT NULL,
      command TEXT NOT NULL, lab TEXT NOT NULL, wall INTEGER NOT NULL, began INTEGER NOT NULL, ended INTEGER,
      first INTEGER NOT NULL, next INTEGER NOT NULL, payload INTEGER NOT NULL, receives INTEGER NOT NULL,
      sends INTEGER NOT NULL, received INTEGER NOT NULL, sent INTEGER NOT NULL, bursts INTEGER NOT NULL,
      latest INTEGER NOT NULL);
    CREATE TABLE block(
      first INTEGER PRIMARY KEY, count INTEGER NOT NULL, t0 INTEGER NOT NULL, t1 INTEGER NOT NULL,
      position INTEGER NOT NULL, bytes INTEGER NOT NULL, kinds BLOB NOT NULL, crc INTEGER NOT NULL,
      records BLOB NOT NULL, payload BLOB NOT NULL);
    CREATE TABLE block_socket(
      socket INTEGER NOT NULL, rank INTEGER NOT NULL, block INTEGER NOT NULL, count INTEGER NOT NULL,
      PRIMARY KEY(socket, rank)) WITHOUT ROWID;
    CREATE TABLE block_sum(
      block INTEGER NOT NULL, socket INTEGER NOT NULL, event TEXT NOT NULL, why TEXT NOT NULL,
      count INTEGER NOT NULL, bytes INTEGER NOT NULL, waited INTEGER NOT NULL, longest INTEGER NOT NULL,
      PRIMARY KEY(block, socket, event, why)) WITHOUT ROWID;
    CREATE TABLE address(id INTEGER PRIMARY KEY, text TEXT NOT NULL);
    CREATE TABLE missing(
      first INTEGER NOT NULL, count INTEGER NOT NULL, bytes INTEGER NOT NULL, cause TEXT NOT NULL);
    CREATE TABLE socket(\(SocketRow.columns.map { "\($0.name) \($0.type)" }.joined(separator: ", ")));
    """
}
