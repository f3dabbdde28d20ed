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
  private var block: [Record] = []
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
    while missing == nil, let record = nextRecord() {
      switch record.kind {
      case .recv, .send:
        if Direction(record.kind) == answers {
          answer(record)
        } else if let action = again(record) {
          return action
        }
      case .shutdown where record.errno == nil && record.how != .read:
        if source.direction == .sent { return scheduled(.shutdown, at: record.start) }
        (answered.isEnd, answeredAt) = (true, record.end)
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

  private mutating func nextRecord() -> Record? {
    while index >= block.count {
      guard rank < end else { return nil }
      let next = min(rank + Self.step, end)
      block = source.journal.records(of: source.socket, in: rank..<next).map(\.record)
      (rank, index) = (next, 0)
    }
    defer { index += 1 }
    return block[index]
  }

  private mutating func answer(_ record: Record) {
    guard record.counts(in: answers) else { return }
    if record.endsReceiving { answered.isEnd = true }
    answered.bytes += Int64(record.streamBytes)
    answeredAt = record.end
    if waits, origin == nil { origin = record.end }
  }

  /// The send that makes the peer receive what a call moved; nil if it moved nothing.
  private mutating func again(_ record: Record) -> ScheduledAction? {
    guard record.counts(in: source.direction) else { return nil }
    if record.errno == .connectionReset, source.direction == .received { isReset = true }
    if record.errno != nil { return nil }
    // What arrived was sent shortly before; a call that came late for it tells nothing of that.
    let moment = record.arrived ?? (source.direction == .sent ? record.start : record.end)
    if record.endsReceiving { return scheduled(.shutdown, at: moment) }
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
    return scheduled(flag.map { .sendFlagged(payload, $0) } ?? .send(payload), at: moment)
  }

  private mutating func scheduled(
    _ action: ScheduledAction.Action, at moment: Nanoseconds
  ) -> ScheduledAction {
    var answer: ScheduledAction.Answer?
    if waits, answered != awaited, let answeredAt {
      answer = ScheduledAction.Answer(awaited: answered, time: max(0, answeredAt - (origin ?? answeredAt)))
      awaited = answered
    }
    advance(to: moment)
    defer { number += 1 }
    return ScheduledAction(time: time, step: number, action: action, answer: answer)
  }

  private mutating func advance(to moment: Nanoseconds) {
    let origin = origin ?? moment
    self.origin = origin
    time = max(time, moment - origin)
  }
}
