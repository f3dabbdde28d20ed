import Traffic

/// One line that says how far a burst is: who plays it, a bar, what was sent of what, the time.
struct BurstLine {
  private static let barWidth = 16

  let model: Model

  func draw(_ burst: PlayingBurst, on canvas: Canvas, in area: Rect) {
    let role: Role = burst.isPaused ? .warning : .sent
    let verb = burst.isPaused ? "pauses in" : "plays"
    var column = canvas.put(
      "\(burst.name) \(verb) burst \(burst.number)  ", row: area.row, column: area.column + 1,
      style: Style(role),
      clip: area)
    if let share, area.width >= 100 {
      let cells = Int(Double(Self.barWidth) * share)
      let bar = String(repeating: "█", count: cells) + String(repeating: "░", count: Self.barWidth - cells)
      column = canvas.put(bar + "  ", row: area.row, column: column, style: Style(role), clip: area)
    }
    guard let keys = KeyLine(burstOf: model) else { return }
    KeyLinePane(line: keys).draw(on: canvas)
    canvas.put(
      words(burst).fitted(to: keys.first - column), row: area.row, column: column, style: Style(.text),
      clip: area)
  }

  private var share: Double? { model.playingBurst.flatMap(Self.share) }

  /// How much of it is done: by time, or by sends where all of them go at once.
  private static func share(_ burst: PlayingBurst) -> Double? {
    if let length = burst.length, length > 0 { return min(1, Double(burst.time) / Double(length)) }
    if let total = burst.totalSends, total > 0 { return min(1, Double(burst.sends) / Double(total)) }
    return nil
  }

  private func words(_ burst: PlayingBurst) -> String {
    let sends = burst.totalSends.map { "\(burst.sends) of \($0) sends" } ?? "\(burst.sends) sends"
    let time = burst.length.map { " of \(DurationText.spoken($0))" } ?? ""
    var words = "\(sends), \(Units.size(burst.bytes)), \(Units.duration(burst.time))\(time)"
    let others = model.playing.count - 1
    if burst.queued > 0 { words += ", \(burst.queued) wait behind it" }
    if others > 0 { words += ", \(others) on other sockets" }
    return words
  }
}
