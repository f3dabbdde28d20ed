/// Tells whether an answer is right: it is that of the uncut messages, or it has a pattern.
public struct AnswerOracle: Sendable {
  /// What the uncut messages were answered.
  public private(set) var expected: [[UInt8]]
  private var blanked: [[UInt8]]
  private let blanks: AnswerBlanks
  private let pattern: Pattern?
  /// The uncut message ends a process of the program, too: a server for one connection.
  private let endsAnyway: Bool

  /// - Parameters:
  ///   - control: how the uncut messages came out.
  ///   - pattern: what the answer must have in it; nil if it must be that of `control`.
  public init(_ control: CutRun, blanks: AnswerBlanks, pattern: Pattern?) {
    expected = control.answers
    blanked = control.answers.map(blanks.blanked)
    endsAnyway = control.crash != nil
    self.blanks = blanks
    self.pattern = pattern
  }

  /// The same of some of the messages alone.
  public func expecting(_ messages: [Int]) -> AnswerOracle {
    // A client has one answer to all of them.
    if messages.count == expected.count || expected.count == 1 { return self }
    var oracle = self
    oracle.expected = messages.map { expected[$0] }
    oracle.blanked = messages.map { blanked[$0] }
    return oracle
  }

  /// True if nothing is missing in what came back after a message.
  public func isEnough(_ answer: [UInt8], to message: Int) -> Bool {
    let wanted = expected[message]
    if let pattern {
      // The answers before it are only waited for: as much as the uncut messages got.
      if message < expected.count - 1 { return answer.count >= wanted.count }
      return pattern.groups(in: answer[...]) != nil
    }
    if answer == wanted { return true }
    return blanks != .none && blanks.blanked(answer) == blanked[message]
  }

  /// True if nothing that could still come makes it right.
  public func isWrong(_ answer: [UInt8], to message: Int) -> Bool {
    pattern == nil && blanks == .none && !expected[message].starts(with: answer)
  }

  public func verdict(of run: CutRun) -> CutVerdict {
    if run.crash != nil, !endsAnyway { return .crash }
    if run.end == .refused { return .refused }
    let wrong = expected.indices.first { message in
      !run.answers.indices.contains(message) || !isEnough(run.answers[message], to: message)
    }
    guard let wrong else { return run.doubt == nil ? .same : .unproven }
    if run.answers.indices.contains(wrong), !run.answers[wrong].isEmpty { return .different }
    switch run.end {
    case .open: return .silent
    case .closed: return .closed
    case .reset: return .reset
    case .refused: return .refused
    }
  }

  /// Where two answers to the uncut messages differ first, in words; nil if they do not.
  public func difference(_ run: CutRun) -> String? {
    if run.answers.count < expected.count { return "message \(run.answers.count + 1) got no answer" }
    for (message, answer) in run.answers.enumerated() where !isEnough(answer, to: message) {
      let place = zip(answer, expected[message]).enumerated().first { $1.0 != $1.1 }?.offset
      let at = place ?? min(answer.count, expected[message].count)
      return
        "the answer differs from byte \(at) on: \(Self.excerpt(expected[message], at)), and \(Self.excerpt(answer, at))"
    }
    return nil
  }

  private static func excerpt(_ bytes: [UInt8], _ place: Int) -> String {
    if bytes.isEmpty { return "nothing" }
    let start = max(0, place - 16)
    return EscapedText.quoted(Array(bytes[start..<min(bytes.count, place + 24)]))
  }
}
