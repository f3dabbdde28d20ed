/// What `wait NAME …` waits for.
public enum WaitCondition: Sendable, Equatable {
  /// All that was queued for sending has been handed to the kernel, or failed.
  case sent
  /// The receiving side has ended: end of stream, an error, a close.
  case end
  /// So many recv calls have returned.
  case receives(Int)
  /// So many bytes have been received.
  case bytes(Int64)
  /// So many messages have been received.
  case messages(Int)
  /// The watched program has a listening socket, or a bound datagram socket.
  case listening
  /// The watched program has ended.
  case exited
}
