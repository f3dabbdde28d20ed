import Traffic

/// Counts the messages of an answer by a framing: as many are wanted as were sent.
struct MessageCount {
  private var cutter: MessageCutter?
  private let wanted: Int
  private var taken: Int64 = 0
  private var found = 0

  /// - Parameter number: of the message that is answered; nil counts what is asked: one message, or without a framing any bytes.
  init(_ plan: PartsTalk.Plan, _ number: Int?) {
    guard let framing = plan.framing, number == nil || plan.answerEnd == .message else {
      wanted = number == nil ? 0 : .max
      return
    }
    var cutter = MessageCutter(framing)
    var messages: [FramedMessage] = []
    // What was sent tells how an answer is to be read: HEAD has no body.
    (number.map { plan.messages[$0] } ?? []).withUnsafeBytes {
      cutter.take($0, .sent, at: 0, time: 0, into: &messages)
    }
    wanted = max(1, messages.count)
    self.cutter = cutter
  }

  mutating func isComplete(_ answer: [UInt8]) -> Bool {
    guard cutter != nil, Int(taken) < answer.count else { return found >= wanted }
    var messages: [FramedMessage] = []
    answer[Int(taken)...].withUnsafeBytes {
      cutter!.take($0, .received, at: taken, time: 0, into: &messages)  // asked just now
    }
    taken = Int64(answer.count)
    found += messages.filter { $0.kind != .interim }.count
    return found >= wanted
  }
}
