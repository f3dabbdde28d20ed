/// What one run's calls of a socket add up to.
public struct ComparedSide: Sendable, Equatable {
  public var name = ""
  /// Calls that took bytes, or told that no more come.
  public var calls = 0
  public var bytes: Int64 = 0
  /// Calls that returned nothing and ended nothing: EAGAIN, EINTR, a peek.
  public var idle = 0
  /// What the first of the calls asked for.
  public var asked: Int?
  /// When the first byte arrived; the arrivals of the others count from there.
  public var firstArrival: Nanoseconds?

  mutating func add(_ call: ComparedCall) {
    calls += 1
    bytes += call.range.upperBound - call.range.lowerBound
    asked = asked ?? Int(call.record.asked)
    firstArrival = firstArrival ?? call.record.arrived
  }

  /// When the newest byte of a call arrived, counted from the first of its socket.
  public func arrival(of call: ComparedCall?) -> Nanoseconds? {
    guard let arrived = call?.record.arrived, let firstArrival else { return nil }
    return arrived - firstArrival
  }
}
