import Synchronization
import Traffic

/// Whether one kind of call on a socket has been entered and has not returned, for others to see. Costs the caller three
/// stores.
///
/// Unchecked: the memory is this object's alone, and what lies in it is atomic.
final class CallUnderWay: @unchecked Sendable {
  /// CLOCK_MONOTONIC when it was entered; 0 if there is none. A place for C to write to.
  let entered: UnsafeMutablePointer<Atomic<Nanoseconds>>
  private let size = Atomic(0)

  init() {
    entered = .allocate(capacity: 1)
    entered.initialize(to: Atomic(0))
  }

  /// Bytes that the next one asks for, or that the one under way did.
  var asked: Int {
    get { size.load(ordering: .relaxed) }
    set { size.store(newValue, ordering: .relaxed) }
  }

  /// Nil if there is none.
  var start: Nanoseconds? {
    let time = entered.pointee.load(ordering: .relaxed)
    return time == 0 ? nil : time
  }

  /// - Parameter time: of CLOCK_MONOTONIC.
  @inline(__always)
  func enter(at time: Nanoseconds) { entered.pointee.store(time, ordering: .relaxed) }

  @inline(__always)
  func leave() { entered.pointee.store(0, ordering: .relaxed) }

  deinit {
    entered.deinitialize(count: 1)
    entered.deallocate()
  }
}
