import CLinux
import Synchronization

/// Raised once by one thread, waited for by another. Needs no descriptor, so it works when there is none left.
final class Flag: Sendable {
  private let isRaised = Atomic(false)

  func raise() { isRaised.store(true, ordering: .releasing) }

  var isUp: Bool { isRaised.load(ordering: .acquiring) }

  /// Looks every 100 us: what is waited for is one turn of a loop.
  func wait() {
    while !isUp { _ = cl_sleep_until(cl_monotonic() + 100_000) }
  }
}
