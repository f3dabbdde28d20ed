import Glibc

/// A moment by which something has to have happened.
struct Deadline {
  private let end: ContinuousClock.Instant

  /// - Parameter seconds: far more than the thing takes, for the machine may be busy.
  init(within seconds: Double) {
    end = ContinuousClock.now + .seconds(seconds)
  }

  var hasPassed: Bool { ContinuousClock.now >= end }

  /// Looks again and again until `look` gives something; nil when the deadline passed first.
  func poll<Result>(_ look: () throws -> Result?) rethrows -> Result? {
    while true {
      if let result = try look() { return result }
      if hasPassed { return nil }
      // The pause between two looks, so that what is waited for gets the processor.
      Glibc.poll(nil, 0, 10)
    }
  }
}
