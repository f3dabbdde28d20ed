/// What `shake` is to send to whom, cut where, and what is right.
public struct ShakeOrder: Sendable, Equatable {
  public enum Target: Sendable, Equatable {
    /// A server that is started and watched. An address says which of its listeners is meant.
    case server([String], AddressText?)
    /// A server that runs somewhere and is not seen.
    case address(AddressText)
    /// A client that is started and watched, and connects to this address: what it receives is cut.
    case client([String], listen: AddressText)
  }

  /// When a server is started again.
  public enum Restart: String, CaseIterable, Sendable {
    /// When it has ended.
    case crash
    /// For each connection.
    case each
    case never
  }

  public var target: Target
  public var dialogue: Dialogue
  public var cuts = CutChoice.all
  /// Decides `random`.
  public var seed: UInt64 = 1
  /// Says where tokens begin and messages end.
  public var framing: Framing? { didSet { if framing == .unframed { framing = nil } } }
  /// What the answer must have in it; nil if it must be that of the uncut message.
  public var pattern: Pattern?
  /// `/REGEX/`: what means nothing in answers.
  public var ignored: [String] = []
  /// When an answer is complete; nil as is usual: by messages with a framing, else by a pause.
  public var until: AnswerEnd?
  /// How often the uncut message is run first.
  public var control = 3
  /// How often a cut is run again that is not the same.
  public var again = 3
  /// Connections at a time.
  public var jobs = 1
  public var restart = Restart.crash
  /// The smallest case of what is found is looked for.
  public var reduces = false
  /// How long an answer may take.
  public var limit: Nanoseconds = 1_000_000_000

  public init(_ target: Target, _ dialogue: Dialogue) { (self.target, self.dialogue) = (target, dialogue) }

  public var answerEnd: AnswerEnd { until ?? (framing == nil ? .usual : .message) }

  /// Every option that a lab can give.
  public static let optionWords = [
    "--to", "--listen", "--cuts", "--seed", "--frame", "--same", "--expect", "--ignore", "--until",
    "--control", "--again",
    "--jobs", "--restart", "--within", "--send", "--reply", "--from",
  ]

  /// What is shaken, as a line.
  public var text: String {
    switch target {
    case .server(let words, _), .client(let words, _): words.joined(separator: " ")
    case .address(let address): address.text
    }
  }
}
