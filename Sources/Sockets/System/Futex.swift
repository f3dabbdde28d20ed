import CLinux
import Synchronization
import Traffic

/// A word that changes now and then, and that a thread can wait at until it does. See futex(2).
///
/// Unchecked: the memory is this object's alone, and what lies in it is atomic.
final class Futex: @unchecked Sendable {
  private let word: UnsafeMutablePointer<Atomic<UInt32>>

  init() {
    word = .allocate(capacity: 1)
    word.initialize(to: Atomic(0))
  }

  var value: UInt32 { word.pointee.load(ordering: .acquiring) }

  /// Gives it another value and wakes who waits.
  func change() {
    word.pointee.wrappingAdd(1, ordering: .releasing)
    cl_wake_all(word)
  }

  /// Sleeps while it has this value, until a time of CLOCK_MONOTONIC at the latest; may end early.
  func wait(while value: UInt32, until deadline: Nanoseconds) { cl_wait_while(word, value, deadline) }

  deinit {
    word.deinitialize(count: 1)
    word.deallocate()
  }
}
