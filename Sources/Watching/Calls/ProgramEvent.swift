import Traffic

/// What happened in a watched program, told by the thread that watches, in order.
public enum ProgramEvent {
  /// It runs, or it is attached to.
  case began(process: Int32)
  /// It could not be started or attached to; nothing follows.
  case failed(WatchFailure)
  /// A call returned; its bytes are there while this is told.
  case call(SeenCall, UnsafeRawBufferPointer)
  /// A call is entered that will make a socket use a port: bind(2), listen(2), connect(2), or a first send(2).
  case willUse(port: UInt16)
  case signal(process: Int32, thread: Int32, number: Int32)
  case unseen(UnseenReason, process: Int32, thread: Int32)
  /// Calls on sockets that could not be looked at: there was no descriptor left for it, or no right.
  case lost(calls: Int, errno: Int32)
  /// One of its processes ended.
  case exited(process: Int32, ProgramEnd)
  /// Nothing of it is left, or it was let go.
  case ended
}
