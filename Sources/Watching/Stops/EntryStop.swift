import CTracing
import Glibc

/// A call that the filter holds before the kernel makes it.
struct EntryStop: ~Copyable {
  let thread: pid_t

  /// What the filter says beside it: `TRACE_FILTERED` and others.
  var note: Int {
    var message: UInt64 = 0
    return trace_event_message(thread, &message) == 0 ? Int(message & 0xFFFF) : 0
  }

  /// Makes the call and stops at its exit.
  consuming func follow() { NextStop.everyCall.resume(thread) }

  /// Makes the call; nobody wants to know how it comes out.
  consuming func passOver(to next: NextStop) { next.resume(thread) }
}
