import CTracing
import Glibc

/// The entry or the exit of a call, where every call stops.
struct CallStop: ~Copyable {
  let thread: pid_t

  consuming func resume(to next: NextStop) { next.resume(thread) }

  /// The thread is let go and no longer watched.
  consuming func letGo() { _ = trace_detach(thread, 0) }
}
