/// When the answer to a message counts as complete: `--until`.
public enum AnswerEnd: Sendable, Equatable {
  /// So many bytes have come.
  case bytes(Int)
  /// As many messages have come, by the framing, as were sent.
  case message
  /// The program has closed its sending side.
  case end
  /// Nothing more came for so long.
  case quiet(Nanoseconds)

  /// What `--until` is without being given where no framing is named.
  public static let usual = AnswerEnd.quiet(100_000_000)

  /// The rule as text that reads as the same rule.
  public var text: String {
    switch self {
    case .bytes(let count): "bytes \(count)"
    case .message: "message"
    case .end: "end"
    case .quiet(let length): "quiet \(DurationText.text(length))"
    }
  }
}
