/// The smallest case of what was found.
public struct ShakenCase: Sendable {
  public var messages: [[UInt8]]
  public var result: CutResult
  /// What is right: the answer to each of these messages, uncut.
  public var answers: [[UInt8]]
  /// How many cases were tried for it.
  public var tried: Int
  /// The smallest cut of the messages as they were given: what is right for them is known, whatever the program takes for the end of
  /// shorter ones.
  public var asGiven: CutResult

  public init(messages: [[UInt8]], result: CutResult, answers: [[UInt8]], tried: Int) {
    (self.messages, self.result, self.answers, self.tried) = (messages, result, answers, tried)
    asGiven = result
  }

  /// Its sentence, as if nothing else had been tried.
  public func sentence(_ report: ShakeReport, framing: Framing?) -> String {
    let start = ShakeStart(
      target: report.start.target, messages: messages, framing: report.start.framing, total: 1,
      answer: Array(answers.joined()))
    let tokens = framing == nil ? [] : messages.map { MessageTokens.tokens(of: $0, as: framing) }
    return CutSentence(result, in: ShakeReport(start, tokens: tokens)).text
  }

  /// What is sent, as a burst: each part a payload, `wait` between the messages.
  public var burst: String {
    messages.enumerated().map { number, message in
      let places = number == result.cuts.message ? result.cuts.offsets : []
      var start = 0
      return (places + [message.count]).map { end in
        defer { start = end }
        return EscapedText.literal(Array(message[start..<end]))
      }.joined(separator: " ")
    }.joined(separator: " wait ")
  }
}
