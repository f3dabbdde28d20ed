import SystemPackage
import Traffic

/// Why a program could not be started or attached to.
public enum WatchFailure: Error, Equatable, Sendable {
  /// execve(2)
  case notStarted(command: String, errno: Int32)
  /// chdir(2)
  case noDirectory(String, errno: Int32)
  /// seccomp(2)
  case noFilter(errno: Int32)
  /// fork(2), pipe(2), or the tracing thread's pthread_create(3)
  case noProcess(errno: Int32)
  case noSuchProcess(Int32)
  /// Another program traces it.
  case alreadyTraced(Int32, by: Int32)
  /// It belongs to another user, and CAP_SYS_PTRACE is missing.
  case notOurs(Int32, user: UInt32)
  /// Yama's ptrace_scope (/proc/sys/kernel/yama/ptrace_scope) forbids it.
  case forbiddenByYama(Int32, scope: Int)
  /// PTRACE_SEIZE fails for another reason.
  case notAttached(Int32, errno: Int32)

  /// What went wrong, and what would help.
  public var sentence: String {
    func name(_ errno: Int32) -> String { Errno(rawValue: errno).phrase }
    switch self {
    case .notStarted(let command, let errno):
      return "\(command): execve() failed: \(name(errno))"
    case .noDirectory(let path, let errno): return "\(path): chdir() failed: \(name(errno))"
    case .noFilter(let errno): return "seccomp() failed: \(name(errno)); --detachable needs no filter"
    case .noProcess(let errno): return "no process could be started: \(name(errno))"
    case .noSuchProcess(let process): return "there is no process \(process)"
    case .alreadyTraced(let process, let tracer):
      return "process \(process) is traced by process \(tracer) already; a process has one tracer"
    case .notOurs(let process, let user):
      return "process \(process) is of user \(user): attaching to it needs CAP_SYS_PTRACE"
    case .forbiddenByYama(let process, let scope):
      return
        "process \(process) may not be attached to: /proc/sys/kernel/yama/ptrace_scope is \(scope); it needs "
        + "CAP_SYS_PTRACE, or 0 there. A program that recvscope starts needs neither"
    case .notAttached(let process, let errno):
      return "PTRACE_SEIZE of process \(process) failed: \(name(errno))"
    }
  }
}
