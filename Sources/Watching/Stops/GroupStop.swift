import CTracing
import Glibc

/// A thread of a process that SIGSTOP, SIGTSTP, SIGTTIN or SIGTTOU has stopped. To resume it would end the stop that
/// somebody wanted; SIGCONT does that.
struct GroupStop: ~Copyable {
  let thread: pid_t
  let signal: CInt

  consuming func stayStopped() { _ = trace_listen(thread) }

  /// The thread is let go and no longer watched.
  consuming func letGo() { _ = trace_detach(thread, 0) }
}
