import SystemPackage

/// Goes through what a recorded socket did, and says what is to be done again and when; it holds a part of the records, and the bytes
/// of one send.
struct ReplayWalk: Sendable {
  private static let step = 128

  private let source: CallSource
  private let answers: Direction
  private let waits: Bool
  private let limit: Nanoseconds
  private var rank: Int
  private let end: Int
  private var block: [(sequence: Int, record: Record)] = []
  private var index = 0
  /// What has been received, or sent, the other way.
  private var answered = AwaitedAnswer(bytes: 0, isEnd: false, limit: 0)
  /// When the newest of it came.
  private var answeredAt: Nanoseconds?
  private var awaited = AwaitedAnswer(bytes: 0, isEnd: false, limit: 0)
  /// The recording's time of the first thing that is done.
  private var origin: Nanoseconds?
  private var number = 0
  /// The offset of the next send.
  private var offset: Int64 = 0
  /// When the newest thing was done, counted from the first one; at the end, when the socket was closed.
  private(set) var time: Nanoseconds = 0
  /// It was ended by a reset.
  private(set) var isReset = false
  /// What is not in the recording; the walk ends there.
  private(set) var missing: ReplayMistake?

  init(_ source: CallSource, waits: Bool, limit: Nanoseconds) {
    self.source = source
    answers = source.direction == .sent ? .received : .sent
    self.waits = waits
    self.limit = limit
    let ranks = source.journal.ranks(of: source.socket)
    (rank, end) = (ranks.lowerBound, ranks.upperBound)
    answered.limit = limit
  }

  /// What had come when the socket was closed, or when the recording ended. Known once `next` has returned nil.
  var lastAnswer: AwaitedAnswer { answered }

  mutating func next() -> ScheduledAction? {
    while missing == nil, let (sequence, record) = nextRecord() {
      switch record.kind {
      case .recv, .send:
        if Direction(record.kind) == answers {
          answer(record)
        } else if let action = again(record, sequence) {
          return action
        }
      case .shutdown where record.endsSending:
        if source.direction == .sent { return scheduled(.shutdown, for: record, sequence) }
        (answered.isEnd, answeredAt) = (true, record.answerTime)
      case .close:
        if record.how == .reset, source.direction == .sent { isReset = true }
        if source.direction == .received { answered.isEnd = true }
        advance(to: record.start)
      case .start, .listen, .accept, .connect, .wait, .shutdown, .option, .mark, .expect, .burst, .hold,
        .release, .drop, .call, .startProgram, .output, .signal, .unseen, .lost, .exitProgram, .shake, .cut,
        .segment, .ask, .answer, .reveal:
        break
      }
    }
    return nil
  }

  private mutating func nextRecord() -> (sequence: Int, record: Record)? {
    while index >= block.count {
      guard rank < end else { return nil }
      let next = min(rank + Self.step, end)
      block = source.journal.records(of: source.socket, in: rank..<next)
      (rank, index) = (next, 0)
    }
    defer { index += 1 }
    return block[index]
  }

  private mutating func answer(_ record: Record) {
    guard record.counts(in: answers) else { return }
    if record.endsReceiving { answered.isEnd = true }
    answered.bytes += Int64(record.streamBytes)
    answeredAt = record.answerTime
    if waits, origin == nil { origin = record.answerTime }
  }

  /// The send that makes the peer receive what a call moved; nil if it moved nothing.
  private mutating func again(_ record: Record, _ sequence: Int) -> ScheduledAction? {
    guard record.counts(in: source.direction) else { return nil }
    if record.errno == .connectionReset, source.direction == .received { isReset = true }
    if record.errno != nil { return nil }
    if record.endsReceiving { return scheduled(.shutdown, for: record, sequence) }
    let length = Int64(record.result)
    guard record.offset == offset else {
      missing = .missing(offset: offset, bytes: record.offset - offset)
      return nil
    }
    guard let payload = source.journal.payload(of: record), payload.count == Int(length) else {
      missing = .missing(offset: offset, bytes: length)
      return nil
    }
    offset += Int64(record.streamBytes)
    let flag = SendFlag(record.flags)
    return scheduled(flag.map { .sendFlagged(payload, $0) } ?? .send(payload), for: record, sequence)
  }

  private mutating func scheduled(
    _ action: ScheduledAction.Action, for record: Record, _ sequence: Int
  ) -> ScheduledAction {
    var answer: ScheduledAction.Answer?
    if waits, let (due, time) = due(at: record.causeTime, before: sequence), due != awaited {
      answer = ScheduledAction.Answer(awaited: due, time: max(0, time - (origin ?? time)))
      awaited = due
    }
    advance(to: record.causeTime)
    defer { number += 1 }
    return ScheduledAction(time: time, step: number, action: action, answer: answer)
  }

  /// What had been answered at a moment, and when; nil if nothing had.
  private func due(at moment: Nanoseconds, before sequence: Int) -> (AwaitedAnswer, Nanoseconds)? {
    guard let answeredAt else { return nil }
    if answeredAt <= moment { return (answered, answeredAt) }
    let prior = source.journal.answer(answers, on: source.socket, at: moment, before: sequence)
    return prior.time.map { (AwaitedAnswer(bytes: prior.bytes, isEnd: prior.isEnd, limit: limit), $0) }
  }

  private mutating func advance(to moment: Nanoseconds) {
    let origin = origin ?? moment
    self.origin = origin
    time = max(time, moment - origin)
  }
}
