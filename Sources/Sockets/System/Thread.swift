import CLinux
import Glibc
import Synchronization
import SystemPackage

/// A pthread with a small stack, whose blocking calls can be interrupted.
final class Thread: Sendable {
  private final class Body {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  private let handle: cl_thread
  private let isJoined = Atomic(false)

  private init(_ handle: cl_thread) { self.handle = handle }

  /// Starts a thread that lets the interrupting signal through, so that `stop` ends what it blocks in.
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

  /// Interrupts the blocking call that it is in, if it is in one.
  func interrupt() {
    if !isJoined.load(ordering: .acquiring) { cl_thread_interrupt(handle) }
  }

  /// Interrupts its blocking calls until it ends, and waits for that. Something must have told it to end.
  func stop() {
    if !isJoined.exchange(true, ordering: .acquiringAndReleasing) { cl_thread_stop(handle) }
  }

  deinit {
    if !isJoined.load(ordering: .acquiring) { cl_thread_detach(handle) }
  }
}
