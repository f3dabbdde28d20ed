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
}
