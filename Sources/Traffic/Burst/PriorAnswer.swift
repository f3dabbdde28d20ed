/// What had come back on a socket when one of its calls began.
///
/// The journal has calls in the order in which they returned. What came while a call ran stands before it there, and was still no
/// reason for it.
package struct PriorAnswer: Sendable, Equatable {
  /// Since the connection began.
  package var bytes: Int64 = 0
  /// Nothing more came after these.
  package var isEnd = false
  /// When the newest of it came; nil if nothing had.
  package var time: Nanoseconds?

  package init(bytes: Int64 = 0, isEnd: Bool = false, time: Nanoseconds? = nil) {
    (self.bytes, self.isEnd, self.time) = (bytes, isEnd, time)
  }
}

extension Record {
  /// When its bytes can have become a reason for what was done then: what is received when its call returns, what is sent when its
  /// call begins.
  var answerTime: Nanoseconds { kind == .recv ? end : start }

  /// When what it moved was on its way: what is sent when its call begins; what arrived was sent shortly before, and a call
  /// that came late for it tells nothing of that.
  var causeTime: Nanoseconds { kind == .recv ? arrived ?? end : start }

  /// shutdown: nothing more is sent.
  var endsSending: Bool { kind == .shutdown && errno == nil && how != .read }
}

extension Journal {
  private static let step = 128

  /// What a socket had received, or sent, at a moment.
  /// - Parameter sequence: of a record of the socket; only what stands before it counts.
  package func answer(
    _ direction: Direction, on socket: SocketID, at moment: Nanoseconds, before sequence: Int
  ) -> PriorAnswer {
    var answer = PriorAnswer()
    let begin = ranks(of: socket).lowerBound
    var end = rank(of: socket, atOrAfter: sequence)
    while begin < end {
      let start = max(begin, end - Self.step)
      for (_, record) in records(of: socket, in: start..<end).reversed() where record.answerTime <= moment {
        if direction == .sent, record.endsSending {
          (answer.isEnd, answer.time) = (true, answer.time ?? record.answerTime)
        }
        guard record.counts(in: direction) else { continue }
        answer.bytes = record.offset + Int64(record.streamBytes)
        answer.isEnd = answer.isEnd || record.endsReceiving
        answer.time = answer.time ?? record.answerTime
        return answer
      }
      end = start
    }
    return answer
  }
}
