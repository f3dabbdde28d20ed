import Traffic

/// A socket of a run, by what plays it in a lab.
struct LabActor {
  enum Part {
    /// It is one of ours, and does what it did.
    case itself
    /// It is a client of another program: a client of ours does what it did.
    case program
    /// It is inside a relay, or its peer plays all there is to play.
    case nobody
  }

  /// In the lab.
  let name: String
  let part: Part
  /// Who sends what it received: its peer is not of the run.
  var standIn: String?
  /// recv was called by hand.
  let isManual: Bool
  let isStream: Bool
  /// Bytes that came and were sent, and how many of those that came a line has waited for.
  var received: Int64 = 0
  var sent: Int64 = 0
  var awaited: Int64 = 0
  /// Bytes that calls by hand have taken, urgent ones too.
  var taken: Int64 = 0
  var hasEnded = false
  var isEndAwaited = false
  /// When the newest byte came.
  var latest: Nanoseconds = 0

  init(_ info: SocketInfo, _ name: String) {
    self.name = name
    isStream = !info.kind.keepsBoundaries
    isManual = info.policy.mode == .manual && !info.isWatched
    if info.isWatched {
      part = info.role == .client ? .program : .nobody
    } else {
      part = info.partner == nil ? .itself : .nobody
    }
  }
}
