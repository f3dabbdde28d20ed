/// Runs a regular expression over a stream, all its ways at once, so that time a byte and memory are bounded
/// (Thompson 1968).
struct RegexSearch: Sendable {
  private let program: [ByteRegex.Instruction]
  /// Places that wait for the next byte; those where a match begins are always among them.
  private var waiting: [Int] = []
  /// The places of the next round while it is made; kept, so that no round allocates.
  private var next: [Int] = []
  /// The round in which a place was reached last, so that each is reached once a round.
  private var rounds: [Int]
  private var round = 0
  private var stack: [Int] = []
  /// A match has to begin with the first byte.
  private let isAnchored: Bool

  init(_ regex: ByteRegex, isAnchored: Bool = false) {
    program = regex.program
    self.isAnchored = isAnchored
    rounds = [Int](repeating: 0, count: program.count)
    begin()
  }

  /// True if no byte to come can end a match.
  var isDead: Bool { waiting.isEmpty }

  /// Takes one byte; true if it ends a match.
  mutating func accept(_ byte: UInt8) -> Bool {
    round += 1
    next.removeAll(keepingCapacity: true)
    for place in waiting {
      guard case .byte(let set) = program[place], set.contains(byte) else { continue }
      if reach(place + 1) {
        begin()
        return true
      }
    }
    if !isAnchored { _ = reach(0) }
    swap(&waiting, &next)
    return false
  }

  /// Forgets what is under way.
  private mutating func begin() {
    round += 1
    next.removeAll(keepingCapacity: true)
    _ = reach(0)
    swap(&waiting, &next)
  }

  /// Adds the places that wait for a byte and are reached from here without one; true if the end is reached.
  private mutating func reach(_ start: Int) -> Bool {
    var isMatch = false
    stack.append(start)
    while let place = stack.popLast() {
      guard rounds[place] != round else { continue }
      rounds[place] = round
      switch program[place] {
      case .byte: next.append(place)
      case .fork(let first, let second): stack += [second, first]
      case .jump(let place): stack.append(place)
      case .save: stack.append(place + 1)
      case .match: isMatch = true
      }
    }
    return isMatch
  }
}
