/// Goes through the steps of a burst in time, repetition by repetition, without writing the repetitions out.
struct StepWalk {
  private struct Level {
    var steps: [BurstStep]
    var index = 0
    /// Repetitions that come after this one.
    var left: Int
    /// When this repetition began.
    var begin: Nanoseconds
    var period: Nanoseconds?
  }

  /// When the next step comes; at the end, when the burst is over.
  private(set) var time: Nanoseconds = 0
  /// The level that is walked now, apart from those around it: it changes with every step.
  private var level: Level
  private var outer: [Level] = []

  init(_ steps: [BurstStep]) { level = Level(steps: steps, left: 0, begin: 0) }

  /// The steps with each group that does nothing but wait as one pause, so that a walk is never longer than its actions.
  static func folded(
    _ steps: [BurstStep], fileSize: (String) -> Int64?
  ) throws(BurstError) -> [BurstStep] {
    var result: [BurstStep] = []
    for step in steps {
      guard case .group(let inner, let count, let period) = step else {
        result.append(step)
        continue
      }
      let measure = try BurstMeasure([step], fileSize: fileSize)
      let isPause = measure.actions == 0
      result.append(
        isPause
          ? .pause(measure.length)
          : .group(try folded(inner, fileSize: fileSize), count: count, period: period))
    }
    return result
  }

  /// The next step that does something: never a pause, an `at`, a group.
  mutating func next() -> BurstStep? {
    while true {
      guard level.index < level.steps.count else {
        if endRepetition() { continue }
        return nil
      }
      let step = level.steps[level.index]
      level.index += 1
      switch step {
      case .pause(let length): time += length
      case .at(let moment): time = max(time, level.begin + moment)
      case .group(let steps, let count, let period):
        outer.append(level)
        level = Level(steps: steps, left: count - 1, begin: time, period: period)
      case .send, .split, .outOfBand, .cork, .uncork, .shutdown, .close, .reset: return step
      }
    }
  }

  /// Time that a split payload took.
  mutating func advance(by length: Nanoseconds) { time += length }

  /// - Returns: false if the last level is over.
  private mutating func endRepetition() -> Bool {
    guard level.left > 0 else {
      guard let around = outer.popLast() else { return false }
      level = around
      return true
    }
    if let period = level.period { time = max(time, level.begin + period) }
    level.left -= 1
    level.begin = time
    level.index = 0
    return true
  }
}
