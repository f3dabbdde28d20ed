/// Why a burst that is well written cannot be played.
public enum BurstError: Error, Sendable, Equatable, CustomStringConvertible {
  /// One send would carry more than `SizeText.maximum` bytes.
  case sendTooLong(bytes: Int64)
  /// More than `BurstMeasure.maximumActions` sends and other actions.
  case tooManyActions
  /// The whole is more bytes than can be counted.
  case tooManyBytes
  /// The burst lasts longer than `DurationText.maximum`.
  case tooLong
  /// A group lasts longer than its period.
  case periodTooShort(length: Nanoseconds, period: Nanoseconds)
  /// `at` names a time that has passed by then.
  case timeHasPassed(at: Nanoseconds, now: Nanoseconds)
  /// A step after the socket was closed, or a closing group that is repeated.
  case socketIsClosed
  /// The length of a payload, or the most that it can be, is none that its field can tell.
  case lengthDoesNotFit(Int64, isExact: Bool, name: String, largest: Int64)

  /// What is wrong, without a full stop.
  public var message: String {
    switch self {
    case .sendTooLong(let bytes):
      "one send of \(bytes == .max ? "so many" : "\(bytes)") bytes: at most \(SizeText.maximum)"
    case .tooManyActions: "too many sends: a burst has at most \(BurstMeasure.maximumActions)"
    case .tooManyBytes: "the burst has more bytes than can be counted"
    case .tooLong: "the burst lasts too long: at most \(DurationText.text(DurationText.maximum))"
    case .periodTooShort(let length, let period):
      "the group lasts \(DurationText.spoken(length)), longer than its period of "
        + DurationText.spoken(period)
    case .timeHasPassed(let time, let now):
      "\(DurationText.spoken(time)) has passed: the burst is at \(DurationText.spoken(now)) by then"
    case .socketIsClosed: "nothing can follow the end of the socket"
    case .lengthDoesNotFit(let length, let isExact, let name, let largest):
      "\(name) cannot tell a length of \(isExact ? "" : "up to ")\(length): it tells 0 to \(largest)"
    }
  }

  public var description: String { message }
}
