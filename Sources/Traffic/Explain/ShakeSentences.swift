/// What a message that is sent in parts is tried for, and what became of it.
struct ShakeSentences {
  private let record: Record
  private let payload: [UInt8]

  init(_ record: Record, payload: [UInt8]) { (self.record, self.payload) = (record, payload) }

  var explanation: Explanation {
    guard record.kind == .cut, let result = CutResult(payload: payload) else {
      return Explanation(
        "From here on a message is sent again and again, cut at another place each time, each time on a connection of its own.",
        "The second part goes out when the program's own recv calls have returned the first.", page: "tcp(7)")
    }
    return Explanation(
      result.isProven
        ? "The program's recv calls had returned the first part, and nothing else, when the next one was sent."
        : "Nothing proves that the program saw the message in these parts: the kernel may have joined them.",
      meaning(of: result.verdict), page: nil)
  }

  private func meaning(of verdict: CutVerdict) -> String {
    switch verdict {
    case .same: "It was answered as the uncut message is."
    case .unproven: "It was answered as the uncut message is, which tells nothing without the proof."
    case .unstable: "It failed, and not each time that it was run again."
    case .different: "The answer is not that of the uncut message."
    case .silent: "No answer came in time, though the uncut message is answered; the connection is open."
    case .refused: "The connection was refused: the program takes no more."
    case .closed: "The program closed the connection without an answer."
    case .reset: "The connection was reset without an answer."
    case .crash: "A process of the program ended while it had the connection."
    }
  }
}
