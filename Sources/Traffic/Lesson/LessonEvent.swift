/// What a lesson that is played tells those before it.
public enum LessonEvent: Sendable, Equatable {
  case said(String)
  /// A question, by its place in the lesson. Waits for votes.
  case asked(Int)
  /// The same again, now that they have talked about it. Waits for votes.
  case discussed
  /// Waits until they want to go on.
  case stepped
  /// What came of the newest question. Waits until they want to go on.
  case revealed(LessonOutcome)
  /// The last line is done, or the lab has failed.
  case ended(isWhole: Bool)

  /// It goes on only with a reply.
  public var waits: Bool {
    switch self {
    case .said, .ended: false
    case .asked, .discussed, .stepped, .revealed: true
    }
  }
}

/// What they say to it.
public enum LessonReply: Sendable, Equatable {
  case goOn
  /// Hands, by choice; none at all where nobody answered.
  case votes([Int])
}

/// Which choice the calls made the right one.
public struct LessonOutcome: Sendable, Equatable {
  public var revelation: Revelation
  /// Its place; nil if it is none of the choices.
  public var choice: Int?
  /// The record that tells it, where it is one.
  public var sequence: Int?

  public init(_ revelation: Revelation, choice: Int?, sequence: Int?) {
    (self.revelation, self.choice, self.sequence) = (revelation, choice, sequence)
  }
}
