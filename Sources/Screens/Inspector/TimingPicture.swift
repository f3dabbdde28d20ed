import Traffic

/// The time of one recv() as a line to scale: when it was called, when its newest byte arrived, when it returned.
struct TimingPicture {
  let text: String
  /// Column of the arrival; nil if it is unknown.
  let arrival: Int?

  private static let shortest = 16

  /// Nil if there is no room.
  init?(_ record: Record, width: Int) {
    let arrived = record.arrived
    let wasQueued = arrived.map { $0 < record.start } ?? false
    let before = wasQueued ? "arrived " : "called "
    let after = " returned"
    let told = wasQueued ? "  ├ called: it was queued already" : "  ▼ newest byte arrived"
    let room = width - before.count - after.count
    // The words go before the line gets too short to see anything on it.
    let note = arrived != nil && room - told.count >= Self.shortest ? told : ""
    let wide = min(36, room - note.count)
    guard wide >= 8 else { return nil }
    let first = wasQueued ? arrived ?? record.start : record.start
    let span = max(1, record.end - first)
    func column(_ time: Nanoseconds) -> Int { Int(Double(time - first) / Double(span) * Double(wide - 1)) }
    let start = min(column(record.start), wide - 2)
    var line = String(repeating: "·", count: start) + "├"
    line += String(repeating: "╌", count: wide - 2 - start) + "┤"
    text = before + line + after + note
    arrival = arrived.map { before.count + min(wide - 1, max(0, column($0))) }
  }
}
