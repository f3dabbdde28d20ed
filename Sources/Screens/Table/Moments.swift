import Traffic

/// How moments are told: what they are counted from.
struct Moments: Sendable {
  var mode = TimeMode.start
  /// The time of the newest mark.
  private(set) var mark: Nanoseconds?
  /// Wall clock of the run's time 0.
  private var wall: Nanoseconds?
  /// Of the local time zone, in seconds east of UTC.
  private let utcOffset: Int

  init(utcOffset: Int) { self.utcOffset = utcOffset }

  /// Takes over when the run began.
  mutating func settle(_ journal: Journal) {
    if wall == nil { wall = journal.records(in: 0..<1).first?.record.wall }
  }

  /// Counts from there.
  mutating func mark(_ time: Nanoseconds?) { (mark, mode) = (time, .mark) }

  /// No other row's moment goes with one of a call, so `previous` is the start.
  func text(_ time: Nanoseconds) -> String {
    switch mode {
    case .start, .previous: Units.time(time)
    case .wall: wall.map { Units.timeOfDay($0 + time, offset: utcOffset) } ?? "—"
    case .mark: mark.map { Units.time(time - $0) } ?? "—"
    }
  }
}
