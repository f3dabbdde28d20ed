/// What a burst does, action by action, in time. Actions are made when asked for, so a million repetitions
/// cost nothing.
public struct BurstSchedule: Sequence, IteratorProtocol, Sendable {
  public let measure: BurstMeasure
  /// How late a send may be, if the burst says so: `within D`.
  public let tolerance: Nanoseconds?
  /// When the burst begins, counted from the start of the run: what `%{time}` adds to. Set it before the first `next`.
  public var beginning: Nanoseconds = 0
  /// How many times as fast it is played: 0.5 takes twice as long. Set it before the first `next`.
  public var speed = 1.0
  /// True if a payload tells when it is due.
  public let tellsTime: Bool
  private var walk: StepWalk
  private var builder: PayloadBuilder
  private var step = 0
  /// What was recorded goes out again, in place of steps.
  private var replay: ReplayWalk?
  /// What must have been received at its end, waited for by who plays it.
  public let lastAnswer: AwaitedAnswer?
  /// A split payload on its way, and where its next send begins.
  private var split: (payload: [UInt8], position: Int, size: Int, gap: Nanoseconds)?

  /// Reads the files and checks the whole, so that nothing is sent of a burst that cannot be played to its
  /// end.
  /// - Parameters:
  ///   - seed: decides the bytes of `random(N)` without a seed.
  ///   - file: the contents of a file, by the name that stands in the burst.
  /// - Throws: what `file` throws, and `BurstError`.
  public init(
    _ burst: Burst, seed: UInt64 = 0,
    file: (String) throws -> [UInt8]
  ) throws {
    tolerance = burst.tolerance
    lastAnswer = nil
    tellsTime = burst.steps.contains(where: \.tellsTime)
    var builder = try PayloadBuilder(burst.steps, seed: seed, file: file)
    measure = try BurstMeasure(burst, fileSize: builder.fileSize)
    walk = StepWalk(try Self.compiled(StepWalk.folded(burst.steps, fileSize: builder.fileSize), &builder))
    self.builder = builder
  }

  init(measure: BurstMeasure, replay: ReplayWalk, lastAnswer: AwaitedAnswer) {
    self.measure = measure
    self.replay = replay
    self.lastAnswer = lastAnswer
    tolerance = nil
    tellsTime = false
    walk = StepWalk([])
    builder = PayloadBuilder()
  }

  /// When the burst is over, pauses at its end included. Known once `next` has returned nil.
  public var time: Nanoseconds { scaled(replay?.time ?? walk.time) }

  /// How long it takes, pauses at its end included.
  public var length: Nanoseconds { scaled(measure.length) }

  private func scaled(_ time: Nanoseconds) -> Nanoseconds {
    speed == 1 ? time : Nanoseconds((Double(time) / speed).rounded())
  }

  public mutating func next() -> ScheduledAction? {
    if replay != nil { return nextAgain() }
    if split != nil { return nextPart() }
    guard let next = walk.next() else { return nil }
    switch next {
    case .send(let payload): return scheduled(.send(nextSend(payload)))
    case .flagged(let payload, let flag): return scheduled(.sendFlagged(nextSend(payload), flag))
    case .split(let payload, let size, let gap):
      split = (nextSend(payload), 0, Swift.max(1, size), gap ?? 0)
      return nextPart()
    case .cork: return scheduled(.cork)
    case .uncork: return scheduled(.uncork)
    case .shutdown: return scheduled(.shutdown)
    case .close: return scheduled(.close)
    case .reset: return scheduled(.reset)
    case .pause, .at, .group: return nil
    }
  }

  /// The bytes of all its sends.
  var payload: [UInt8] {
    reduce(into: []) { bytes, action in
      switch action.action {
      case .send(let payload), .sendFlagged(let payload, _): bytes += payload
      case .cork, .uncork, .shutdown, .close, .reset: break
      }
    }
  }

  private mutating func nextAgain() -> ScheduledAction? {
    guard var action = replay?.next() else { return nil }
    action.time = scaled(action.time)
    if var answer = action.answer {
      answer.time = scaled(answer.time)
      action.answer = answer
    }
    return action
  }

  private mutating func nextSend(_ payload: Payload) -> [UInt8] {
    builder.nextSend(payload, time: beginning &+ time)
  }

  private mutating func nextPart() -> ScheduledAction? {
    guard let (payload, position, size, gap) = split else { return nil }
    let end = position + Swift.min(size, payload.count - position)
    let action = scheduled(.send(Array(payload[position..<end])))
    if end < payload.count {
      split?.position = end
      walk.advance(by: gap)
    } else {
      split = nil
    }
    return action
  }

  private mutating func scheduled(_ action: ScheduledAction.Action) -> ScheduledAction {
    defer { step += 1 }
    return ScheduledAction(time: time, step: step, action: action)
  }

  /// The steps with every payload made that can be kept.
  private static func compiled(
    _ steps: [BurstStep], _ builder: inout PayloadBuilder
  ) throws(BurstError) -> [BurstStep] {
    var result: [BurstStep] = []
    for step in steps {
      switch step {
      case .send(let payload): result.append(.send(try builder.kept(payload)))
      case .flagged(let payload, let flag): result.append(.flagged(try builder.kept(payload), flag))
      case .split(let payload, let size, let gap):
        result.append(.split(try builder.kept(payload), size: size, gap: gap))
      case .group(let inner, let count, let period):
        result.append(.group(try compiled(inner, &builder), count: count, period: period))
      case .pause, .at, .cork, .uncork, .shutdown, .close, .reset: result.append(step)
      }
    }
    return result
  }
}
