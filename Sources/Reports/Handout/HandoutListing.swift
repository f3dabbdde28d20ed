import Traffic

/// A lab's lines as they are printed: the file as it is, or without what tells an outcome.
struct HandoutListing {
  let text: String

  init(_ handout: Handout, isWhole: Bool) {
    if isWhole, let whole = handout.text {
      text = whole.split(separator: "\n", omittingEmptySubsequences: false).map { SafeText.string($0) }
        .joined(separator: "\n")
      return
    }
    let lines = handout.lab.lines.filter { isWhole || !$0.command.tellsOutcome }
    text = lines.map { SafeText.string(isWhole ? $0.text : $0.command.told ?? $0.text) + "\n" }.joined()
  }
}

extension Command {
  /// Itself without how much it waits for, which may be what is asked; nil where all of it can be told.
  fileprivate var told: String? {
    guard case .wait(let name, let condition, _) = self else { return nil }
    switch condition {
    case .receives, .bytes, .messages: return "wait \(name) …"
    case .sent, .end, .listening, .exited: return nil
    }
  }

  /// Says what will come, or what came, or is prose that stands above already.
  fileprivate var tellsOutcome: Bool {
    switch self {
    case .reveal, .expect, .mark, .say, .question, .discuss, .hint, .step: true
    case .on(_, let rule):
      if case .perform(let command, _) = rule.action { command.tellsOutcome } else { false }
    default: false
    }
  }
}
