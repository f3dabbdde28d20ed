/// One step of a burst.
public enum BurstStep: Sendable, Equatable {
  /// One send() of the whole payload.
  case send(Payload)
  /// The schedule goes on so much later.
  case pause(Nanoseconds)
}
