import CLinux
import Synchronization
import SystemPackage
import Traffic

/// One turn of calling recv(2) or accept(2) on a descriptor: of a thread, or of a loop that serves it with others.
/// Whoever calls says when it is over; from then on it makes no further call.
final class Turn: Sendable {
  /// Who calls.
  private enum Caller: Sendable {
    case thread(Thread)
    case loop(ReadinessLoop, SocketID)
  }

  /// Nil once it is over: a thread that has ended and is referred to keeps its stack.
  private let caller = Mutex<Caller?>(nil)
  /// Why it must end; 0 while it need not.
  private let mustEnd = Atomic<UInt8>(0)
  private let over = Latch()

  /// True once no further call shall be made.
  var isToEnd: Bool { mustEnd.load(ordering: .acquiring) != 0 }

  /// Why it is to end; nil while it is not.
  var interruption: Interruption? { Interruption(rawValue: mustEnd.load(ordering: .acquiring)) }

  var isOver: Bool { over.isUp }

  /// Begins one on a thread of its own.
  /// - Parameters:
  ///   - calls: makes the calls until `isToEnd`, or until there is nothing more to call for.
  ///   - after: is called with what that returned, on the same thread, when the turn is over.
  static func start<R>(
    _ name: String, calls: @escaping @Sendable (Turn) -> R, after: @escaping @Sendable (R) -> Void
  ) -> Result<Turn, Errno> {
    let turn = Turn()
    return Thread.start(name) {
      let result = calls(turn)
      turn.end()
      after(result)
    }.map { turn.begin(.thread($0)) }
  }

  /// Begins one in a loop.
  static func start(_ member: ReadinessLoop.Member, in loop: ReadinessLoop) -> Result<Turn, Errno> {
    let turn = Turn()
    return loop.add(member, turn).map { turn.begin(.loop(loop, member.id)) }
  }

  private func begin(_ caller: Caller) -> Turn {
    self.caller.withLock { if !isOver { $0 = caller } }
    return self
  }

  /// Said by whoever calls, after the last call.
  func end() {
    caller.withLock {
      $0 = nil
      over.raise()
    }
  }

  /// Makes it end, a call that blocks included, and waits for that.
  func stop(to why: Interruption) {
    mustEnd.store(why.rawValue, ordering: .releasing)
    switch caller.withLock({ $0 }) {
    case .thread(let thread): Thread.interrupt(until: over) { thread }
    case .loop(let loop, let id):
      loop.remove(id)
      over.wait()
    case nil: break
    }
  }

  /// Waits between two calls, shorter if it is to end.
  func rest(_ duration: Nanoseconds) {
    let end = cl_monotonic() + duration
    while cl_monotonic() < end, !isToEnd { _ = cl_sleep_until(end) }
  }
}
