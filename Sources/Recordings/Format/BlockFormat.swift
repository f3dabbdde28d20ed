import CRecording
import Traffic

/// Numbers of the format of blocks; see docs/RECORDING.md.
enum BlockFormat {
  /// Records of a block at most.
  static let mostRecords = 4096
  /// Payload bytes after which a block is full: it has more only with its last record.
  static let fullPayload = 1 << 20
  /// Payload of one record that is kept at most; SQLite refuses 2³⁰.
  static let mostPayload = 1 << 29

  /// Says whether the payload of each record is kept; the other columns are those of `RecordColumn`.
  static let keptColumn: UInt8 = 64

  // How the numbers of a column are written.

  /// One number, in 8 bytes, that all are.
  static let same: UInt8 = 0
  /// The width in bytes, then the size of what follows, in 4 bytes: the lowest bytes of all numbers, the next ones, and so
  /// on, in a frame of zstd.
  static let planes: UInt8 = 1

  /// Of what lies in a row, in its order.
  static func checksum(
    first: Int, count: Int, position: Int64, _ records: UnsafeRawBufferPointer,
    _ payload: UnsafeRawBufferPointer
  )
    -> Int64
  {
    var head = [Int64(first).littleEndian, Int64(count).littleEndian, position.littleEndian]
    var crc = cr_crc(0, &head, 24)
    crc = cr_crc(crc, records.baseAddress, records.count)
    return Int64(cr_crc(crc, payload.baseAddress, payload.count))
  }
}
