import Traffic

/// The time of one recv() as a line: called, newest byte arrived, returned, to scale.
struct TimingPicture {
  let text: String
  /// Column of the arrival; nil if it is unknown.
  let arrival: Int?

  /// Nil if there is no room.
  init?(_ record: Record, width: Int) {
    let before = "called "
    let after = " returned"
    let wide = min(48, width - before.count - after.count - 4)
    guard wide >= 8 else { return nil }
    let arrived = record.arrived
    let first = min(record.start, arrived ?? record.start)
    let span = max(1, record.end - first)
    func column(_ time: Nanoseconds) -> Int { Int(Double(time - first) / Double(span) * Double(wide - 1)) }
    let start = column(record.start)
    var line = String(repeating: " ", count: start) + "├"
    line += String(repeating: "╌", count: max(0, wide - 2 - start)) + "┤"
    let note =
      arrived.map { $0 < record.start ? "   ▼ was there before the call" : "   ▼ arrived during the call" }
      ?? ""
    text = before + line + after + note
    arrival = arrived.map { before.count + min(wide - 1, column($0)) }
  }
}
