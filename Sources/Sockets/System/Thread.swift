import CLinux
import SystemPackage
import Traffic

/// A pthread with a small stack, whose blocking calls can be interrupted.
final class Thread: Sendable {
  private final class Body {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// How long after a signal the next one is sent.
  private static let interval: Nanoseconds = 1_000_000

  private let handle: cl_thread

  private init(_ handle: cl_thread) { self.handle = handle }

  /// Starts a thread that lets the interrupting signal through, so that `interrupt` ends what it blocks in.
  /// - Parameter name: at most 15 bytes are kept; see pthread_setname_np(3).
  /// The corresponding C function is `pthread_create`.
  static func start(_ name: String, _ run: @escaping @Sendable () -> Void) -> Result<Thread, Errno> {
    let body = Unmanaged.passRetained(Body(run))
    var handle: cl_thread = 0
    let result = cl_thread_start(
      &handle, name,
      { context in
        cl_allow_interrupt()
        let body = Unmanaged<Body>.fromOpaque(context!).takeRetainedValue()  // what passRetained gave
        body.run()
        return nil
      }, body.toOpaque())
    guard result == 0 else {
      body.release()
      return .failure(Errno(rawValue: -result))
    }
    return .success(Thread(handle))
  }

  /// Interrupts the blocking call that it is in, if it is in one. It may have ended.
  func interrupt() { cl_thread_interrupt(handle) }

  /// Interrupts a thread's blocking calls until it says that it is done. A signal that comes just before a call is entered
  /// interrupts nothing, hence again and again.
  /// - Parameter thread: gives the thread; nil while there is none to interrupt.
  static func interrupt(until isDone: Latch, _ thread: () -> Thread?) {
    while !isDone.isUp {
      thread()?.interrupt()
      isDone.wait(until: cl_monotonic() + interval)
    }
  }

  deinit { cl_thread_detach(handle) }
}
