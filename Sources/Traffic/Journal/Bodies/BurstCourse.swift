import SystemPackage

/// How a burst went, in the words of those who only look: whether there is anything to tell, and whether it is a mistake.
public enum BurstCourse: UInt32, Sendable {
  /// One payload, sent whole, that nobody held up and nobody judges: its send() says all of it.
  case plain
  /// All of it was sent, as it was to be.
  case whole
  /// It was stopped, or an end of the connection cut it short. The run does not fail by it.
  case cutShort
  /// `within` was not kept, or no peer causes the error that ended it.
  case failed

  /// - Parameter errno: what ended it.
  init(_ report: BurstReport, _ errno: Errno?) {
    let isByPeer = errno?.endsConnection == true
    if report.keptTolerance == false || (report.end == .failed && !isByPeer) {
      self = .failed
    } else if report.isIncomplete {
      self = .cutShort
    } else {
      self = report.sends == 1 && report.tolerance == nil && report.paused == 0 ? .plain : .whole
    }
  }
}
