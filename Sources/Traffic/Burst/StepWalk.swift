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
  private var levels: [Level]

  init(_ steps: [BurstStep]) { levels = [Level(steps: steps, left: 0, begin: 0)] }

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
    while !levels.isEmpty {
      let top = levels.count - 1
      guard levels[top].index < levels[top].steps.count else {
        endRepetition(top)
        continue
      }
      let step = levels[top].steps[levels[top].index]
      levels[top].index += 1
      switch step {
      case .pause(let length): time += length
      case .at(let moment): time = max(time, levels[top].begin + moment)
      case .group(let steps, let count, let period):
        levels.append(Level(steps: steps, left: count - 1, begin: time, period: period))
      case .send, .split, .outOfBand, .cork, .uncork, .shutdown, .close, .reset: return step
      }
    }
    return nil
  }

  /// Time that a split payload took.
  mutating func advance(by length: Nanoseconds) { time += length }

  private mutating func endRepetition(_ top: Int) {
    guard levels[top].left > 0 else {
      levels.removeLast()
      return
    }
    if let period = levels[top].period { time = max(time, levels[top].begin + period) }
    levels[top].left -= 1
    levels[top].begin = time
    levels[top].index = 0
  }
}
