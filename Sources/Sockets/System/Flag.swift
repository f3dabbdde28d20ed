import Traffic

/// Raised by one thread, waited for by others. Needs no descriptor, so it works when there is none left.
final class Flag: Sendable {
  /// Changes when it is raised.
  private let word = Futex()

  func raise() { word.change() }

  var isUp: Bool { word.value != 0 }

  /// Waits until it is raised, until a time of CLOCK_MONOTONIC at the latest; may end early.
  func wait(until deadline: Nanoseconds) { word.wait(while: 0, until: deadline) }

  func wait() { while !isUp { wait(until: .max) } }
}
