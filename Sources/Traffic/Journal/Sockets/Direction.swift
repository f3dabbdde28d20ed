/// One of the two directions of a socket's bytes.
public enum Direction: CaseIterable, Sendable {
  case received, sent

  /// The word of commands and of the JSON.
  public var word: String { self == .received ? "received" : "sent" }

  /// The direction that a record's bytes went; nil if it moves none.
  public init?(_ kind: Record.Kind) {
    switch kind {
    case .recv: self = .received
    case .send: self = .sent
    case .start, .listen, .accept, .connect, .wait, .shutdown, .close, .option, .mark, .expect, .burst,
      .hold, .release, .drop, .call, .startProgram, .output, .signal, .unseen, .lost, .exitProgram, .shake,
      .cut, .ask, .answer, .reveal, .segment:
      return nil
    }
  }
}
