import CTracing
import Glibc

/// A thread of the program that has stopped, and why. What may be done with it are the methods of its kind: each uses
/// the stop up, so that no thread is resumed twice, or in a way that its stop does not allow. See ptrace(2).
enum Stop: ~Copyable {
  /// The filter holds a call before the kernel makes it.
  case filtered(EntryStop)
  /// A call is entered or returns: `PTRACE_GET_SYSCALL_INFO` tells which.
  case call(CallStop)
  /// A signal is about to be delivered.
  case signal(SignalStop)
  /// The whole process was stopped by a signal.
  case group(GroupStop)
  /// Something happened to the thread, or it is new.
  case event(EventStop)
  /// It is no more.
  case ended(thread: pid_t, ProgramEnd)

  /// - Parameter status: of waitpid(2).
  init(thread: pid_t, status: CInt) {
    guard status & 0xFF == 0x7F else {
      self = .ended(thread: thread, ProgramEnd(status))
      return
    }
    let (signal, event) = ((status >> 8) & 0xFF, status >> 16)
    switch event {
    case 0 where signal == SIGTRAP | 0x80: self = .call(CallStop(thread: thread))
    case 0: self = .signal(SignalStop(thread: thread, signal: signal))
    case StopEvent.filter: self = .filtered(EntryStop(thread: thread))
    case StopEvent.stop where signal != SIGTRAP: self = .group(GroupStop(thread: thread, signal: signal))
    default: self = .event(EventStop(thread: thread, event: event))
    }
  }
}

/// Where a thread stops next.
enum NextStop {
  /// At a call that the filter holds.
  case filteredCall
  /// At any call.
  case everyCall

  func resume(_ thread: pid_t, signal: CInt = 0) {
    // A thread that was killed meanwhile (ESRCH) is seen by waitpid(2).
    switch self {
    case .filteredCall: _ = trace_resume(thread, signal)
    case .everyCall: _ = trace_resume_to_call(thread, signal)
    }
  }
}

/// PTRACE_EVENT_ values of linux/ptrace.h.
enum StopEvent {
  static let fork: CInt = 1
  static let vfork: CInt = 2
  static let clone: CInt = 3
  static let exec: CInt = 4
  static let exit: CInt = 6
  static let filter: CInt = 7
  static let stop: CInt = 128
}

/// How a process or a thread ended.
public enum ProgramEnd: Equatable, Sendable {
  case exited(Int32)
  case killed(signal: Int32)

  /// - Parameter status: of waitpid(2).
  init(_ status: CInt) {
    self = status & 0x7F == 0 ? .exited((status >> 8) & 0xFF) : .killed(signal: status & 0x7F)
  }
}
