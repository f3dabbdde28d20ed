import CLinux
import Glibc
import Traffic

/// An eventfd: any thread rings, one thread waits, in poll(2) or here.
public final class Bell: Sendable {
  /// Readable once it was rung; -1 if the process has no descriptor left.
  public let descriptor: CInt

  public init() { descriptor = cl_eventfd() }

  public func ring() { _ = cl_eventfd_ring(descriptor) }

  public func clear() { cl_eventfd_clear(descriptor) }

  /// Waits until it is rung, at most until a time of CLOCK_MONOTONIC, and clears it.
  /// - Returns: false if the time came first, or a signal.
  @discardableResult
  public func wait(until deadline: Nanoseconds) -> Bool {
    if descriptor < 0 {
      // Without a descriptor nobody can ring: the caller looks for itself, now and then.
      _ = cl_sleep_until(min(deadline, cl_monotonic() + 1_000_000))
      return true
    }
    guard cl_eventfd_wait(descriptor, deadline) > 0 else { return false }
    clear()
    return true
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}
