import CTracing
import Glibc

/// A new thread, fork(2), execve(2), the end of a thread, or a thread that was interrupted to be watched.
struct EventStop: ~Copyable {
  let thread: pid_t
  /// One of `StopEvent`.
  let event: CInt

  /// The new process or thread; after an execve(2) the thread that called it; 0 if the thread is gone.
  var message: pid_t {
    var message: UInt64 = 0
    return trace_event_message(thread, &message) == 0 ? pid_t(truncatingIfNeeded: message) : 0
  }

  consuming func resume(to next: NextStop) { next.resume(thread) }

  /// The thread is let go and no longer watched.
  consuming func letGo() { _ = trace_detach(thread, 0) }
}
