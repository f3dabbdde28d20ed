import CRecording
import Traffic

/// The row of the table `recording`.
struct RecordingHead {
  var origin: RecordingOrigin
  var wall: Nanoseconds
  var ended: Nanoseconds?
  var next: Int
  var payload: Int64
  var summary = JournalSummary()

  init(_ database: Database, _ path: String) throws {
    let header = try database.prepare("SELECT * FROM pragma_application_id, pragma_user_version")
    guard try header.step(), header.int(0) == Int(RecordingSchema.applicationID), let format = header.int64(1)
    else {
      throw RecordingFailure(path, "it is no recording of recvscope")
    }
    let schema = try FoundSchema(database)
    if let stranger = schema.stranger {
      throw RecordingFailure(
        path, "it is no recording of recvscope: \(SafeText.string(stranger)) in it is none of its tables")
    }
    if schema.columns.isEmpty {
      throw RecordingFailure(
        path, "it was cut off, and what it held was in \(path)-wal, which is missing or damaged")
    }
    if format > RecordingSchema.format {
      let minimum = try database.prepare("SELECT reader_minimum FROM recording")
      let version = try minimum.step() ? SafeText.string(minimum.text(0) ?? "?") : "?"
      throw RecordingFailure(path, "it needs recvscope \(version) or later: its format is \(format)")
    }
    if let table = schema.damaged {
      throw RecordingFailure(path, "it is damaged: it has no table \(table) as it should be")
    }
    let row = try database.prepare(
      """
      SELECT program, kernel, command, lab, wall, ended, next, payload, receives, sends, received, sent, bursts, latest
      FROM recording
      """)
    guard try row.step() else { throw RecordingFailure(path, "it is damaged: it does not say what it is of") }
    origin = RecordingOrigin(
      program: row.text(0) ?? "", kernel: row.text(1) ?? "", command: row.text(2) ?? "",
      lab: row.text(3) ?? "")
    wall = row.int64(4) ?? 0
    ended = row.int64(5)
    guard (RecordingLimits.times.lowerBound...Int64.max - RecordingLimits.times.upperBound).contains(wall),
      ended.map(RecordingLimits.times.contains) != false
    else { throw RecordingFailure(path, "it is damaged: no run was at the time that it tells") }
    func count(_ column: Int32) -> Int64 { min(max(0, row.int64(column) ?? 0), RecordingLimits.numbers) }
    next = Int(count(6))
    payload = count(7)
    summary.receives = Int(count(8))
    summary.sends = Int(count(9))
    summary.receivedBytes = count(10)
    summary.sentBytes = count(11)
    summary.bursts = Int(count(12))
    summary.latest = count(13)
  }
}
