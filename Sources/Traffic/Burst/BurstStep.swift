/// One step of a burst.
public enum BurstStep: Sendable, Equatable {
  /// One send() of the whole payload.
  case send(Payload)
  /// The payload in sends of `size` bytes each, the last one shorter if need be; `gap` lies between two of
  /// them.
  indirect case split(Payload, size: Int, gap: Nanoseconds?)
  /// The schedule goes on so much later.
  case pause(Nanoseconds)
  /// The schedule goes on so long after the beginning of the burst, in a group after that of the repetition.
  case at(Nanoseconds)
  /// The steps `count` times. With a period a repetition begins so long after the one before it; without one,
  /// when that is over.
  indirect case group([BurstStep], count: Int, period: Nanoseconds?)
  /// One send() with a flag.
  case flagged(Payload, SendFlag)
  /// TCP_CORK on and off, see tcp(7).
  case cork
  case uncork
  /// shutdown(2) of the sending side.
  case shutdown
  /// close(2)
  case close
  /// close(2) with an RST.
  case reset
}
