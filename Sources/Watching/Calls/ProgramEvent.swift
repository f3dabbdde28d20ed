import Traffic

/// What happened in a watched program, told by the thread that watches, in order.
public enum ProgramEvent {
  /// Why some of what the program does cannot be seen.
  public enum Unseen: String, CaseIterable, Sendable {
    /// io_uring(7) makes no system calls.
    case ioUring = "io-uring"
    /// i386 and x32 calls have other numbers.
    case otherMachine = "32-bit"
    /// A thread of it is, or wants to be, traced by somebody else: a task has one tracer.
    case otherTracer = "other-tracer"
    /// MSG_ZEROCOPY: the kernel may take the bytes after the call.
    case zeroCopy = "zero-copy"
  }

  /// It runs, or it is attached to.
  case began(process: Int32)
  /// It could not be started or attached to; nothing follows.
  case failed(WatchFailure)
  /// A call returned; its bytes are there while this is told.
  case call(SeenCall, UnsafeRawBufferPointer)
  case signal(process: Int32, thread: Int32, number: Int32)
  case unseen(Unseen, process: Int32, thread: Int32)
  /// Calls on sockets that could not be looked at: there was no descriptor left for it, or no right.
  case lost(calls: Int, errno: Int32)
  /// One of its processes ended.
  case exited(process: Int32, ProgramEnd)
  /// Nothing of it is left, or it was let go.
  case ended
}
