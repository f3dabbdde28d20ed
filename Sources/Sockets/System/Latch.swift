import Traffic

/// Raised by one thread, waited for by others. Needs no descriptor, so it works when there is none left.
public final class Latch: Sendable {
  /// Changes when it is raised.
  private let word = Futex()

  public init() {}

  public func raise() { word.change() }

  public var isUp: Bool { word.value != 0 }

  /// Waits until it is raised, until a time of CLOCK_MONOTONIC at the latest; may end early.
  public func wait(until deadline: Nanoseconds) { word.wait(while: 0, until: deadline) }

  public func wait() { while !isUp { wait(until: .max) } }
}
