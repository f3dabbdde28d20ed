import CLinux
import Synchronization
import Traffic

/// The run's clock: CLOCK_MONOTONIC counted from the start of the run, and the way to it from the wall clock.
public final class RunClock: Sendable {
  /// How old the offset between the clocks may be. Both are slewed alike; only a step of the wall clock makes it wrong.
  private static let offsetLife: Nanoseconds = 1_000_000_000

  /// CLOCK_MONOTONIC at the run's time 0.
  public let origin: Nanoseconds
  private let offset: Atomic<Nanoseconds>
  private let offsetTime: Atomic<Nanoseconds>

  /// Of a run that was recorded.
  private let recordedWall: Nanoseconds?

  public init() {
    origin = cl_monotonic()
    recordedWall = nil
    offset = Atomic(cl_realtime_offset())
    offsetTime = Atomic(origin)
  }

  /// Goes on with a run that was recorded.
  /// - Parameters:
  ///   - time: the time now.
  ///   - wall: the wall clock at its time 0.
  init(after time: Nanoseconds, wall: Nanoseconds) {
    origin = cl_monotonic() - time
    recordedWall = wall
    offset = Atomic(cl_realtime_offset())
    offsetTime = Atomic(cl_monotonic())
  }

  /// The time now, in nanoseconds since the start of the run.
  public var now: Nanoseconds { cl_monotonic() - origin }

  /// The wall clock at time 0, in nanoseconds since 1970.
  public var wall: Nanoseconds { recordedWall ?? origin + offset.load(ordering: .relaxed) }

  /// A kernel's receive stamp (CLOCK_REALTIME) on the run's clock.
  ///
  /// A byte cannot have arrived after the call that handed it out: such a stamp shows that the wall clock was stepped.
  /// Then the offset is read anew, and if that does not explain it the time is unknown.
  /// - Parameter end: CLOCK_MONOTONIC when the call returned.
  public func arrival(stamp: Nanoseconds, before end: Nanoseconds) -> Nanoseconds? {
    if end - offsetTime.load(ordering: .relaxed) > Self.offsetLife { readOffset(at: end) }
    var arrival = stamp - offset.load(ordering: .relaxed)
    if arrival > end {
      readOffset(at: end)
      arrival = stamp - offset.load(ordering: .relaxed)
    }
    return arrival > end ? nil : arrival - origin
  }

  private func readOffset(at time: Nanoseconds) {
    offset.store(cl_realtime_offset(), ordering: .relaxed)
    offsetTime.store(time, ordering: .relaxed)
  }
}
