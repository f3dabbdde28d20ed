import CTracing
import Glibc

/// A signal that is about to be delivered. It always is: to hold back SIGCHLD, say, hangs who waits for children.
struct SignalStop: ~Copyable {
  let thread: pid_t
  let signal: CInt

  consuming func deliver(andResumeTo next: NextStop) { next.resume(thread, signal: signal) }

  /// The thread is let go and no longer watched; it gets the signal.
  consuming func letGo() { _ = trace_detach(thread, signal) }
}
