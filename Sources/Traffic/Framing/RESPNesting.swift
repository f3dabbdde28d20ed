/// The arrays and their like that are open around a value of RESP.
struct RESPNesting {
  enum Level: Equatable {
    /// So many values are to come.
    case elements(Int64)
    /// So many are to come, and then the value that they belong to.
    case attribute(Int64)
    /// Values up to a `.`.
    case streamed
    /// Parts of a string up to an empty one.
    case string
  }

  /// Redis itself nests less than ten deep.
  private static let deepest = 128

  private var levels: [Level] = []

  /// True outside of all values but attributes of the outermost one.
  var isEmpty: Bool { levels.isEmpty }

  var isInString: Bool { levels.last == .string }

  /// - Returns: false if it is deeper than is followed.
  mutating func open(_ level: Level) -> Bool {
    levels.append(level)
    return levels.count <= Self.deepest
  }

  /// Ends an array whose length nobody knew, if one is open and no attribute waits for its value.
  mutating func closeStreamed() -> Bool {
    guard levels.last == .streamed else { return false }
    levels.removeLast()
    return true
  }

  mutating func closeString() { levels.removeLast() }

  /// Counts a value that has ended, and those that end with it.
  /// - Returns: true if nothing is open any more.
  mutating func endValue() -> Bool {
    while let last = levels.popLast() {
      switch last {
      case .elements(1): continue
      case .elements(let left): levels.append(.elements(left - 1))
      // What follows is the value.
      case .attribute(1): break
      case .attribute(let left): levels.append(.attribute(left - 1))
      case .streamed, .string: levels.append(last)
      }
      return false
    }
    return true
  }
}
