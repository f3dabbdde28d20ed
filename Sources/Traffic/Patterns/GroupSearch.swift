/// Runs a regular expression over a stream as `RegexSearch` does, and keeps for each way where its groups lie (Pike
/// 1987; Cox 2009).
///
/// Where several ways end with one byte, the one counts that began first, and of those the one that repeats more.
struct GroupSearch: Sendable {
  /// Places that wait for the next byte, the ones that count first, and beside each where its groups lie.
  private struct Ways {
    var places: [Int] = []
    var saves: [Int64] = []

    mutating func removeAll() {
      places.removeAll(keepingCapacity: true)
      saves.removeAll(keepingCapacity: true)
    }
  }

  private enum Turn {
    case at(Int)
    /// What was saved on the way to here is forgotten.
    case restore(slot: Int, Int64)
  }

  private let program: [ByteRegex.Instruction]
  private var waiting = Ways()
  private var next = Ways()
  /// The round in which a place was reached last, so that each is reached once a round.
  private var rounds: [Int]
  private var round = 0
  private var stack: [Turn] = []
  /// Where each group begins and ends on the way that is followed; -1 where it has not.
  private var saved: [Int64]
  /// The same of the match that was found last.
  private var found: [Int64]
  /// The newest bytes, each at its offset in the stream modulo their number.
  private var newest = [UInt8](repeating: 0, count: PatternMatcher.groupReach)
  private var position: Int64 = 0

  init(_ regex: ByteRegex) {
    program = regex.grouping
    rounds = [Int](repeating: 0, count: program.count)
    saved = [Int64](repeating: -1, count: 2 * min(regex.groups, AnswerGroups.numbers.upperBound))
    found = saved
    begin()
  }

  /// The bytes of each group of the match that was found last: none where it took no part, nil where it began more
  /// than `PatternMatcher.groupReach` bytes before the end.
  var groups: [[UInt8]?] {
    stride(from: 0, to: found.count, by: 2).map { slot in
      let (start, end) = (found[slot], found[slot + 1])
      guard start >= 0, end > start else { return [] }
      guard start >= position - Int64(PatternMatcher.groupReach) else { return nil }
      return (start..<end).map { newest[Int($0) % PatternMatcher.groupReach] }
    }
  }

  /// Takes one byte; true if it ends a match.
  mutating func accept(_ byte: UInt8) -> Bool {
    newest[Int(position) % PatternMatcher.groupReach] = byte
    position += 1
    round += 1
    next.removeAll()
    for (index, place) in waiting.places.enumerated() {
      guard case .byte(let set) = program[place], set.contains(byte) else { continue }
      for slot in saved.indices { saved[slot] = waiting.saves[index * saved.count + slot] }
      if reach(place + 1) {
        begin()
        return true
      }
    }
    for slot in saved.indices { saved[slot] = -1 }
    _ = reach(0)
    swap(&waiting, &next)
    return false
  }

  /// Looks through bytes that are all there, where a repetition takes as much as it can: the match that
  /// begins first.
  /// - Returns: where each group lies in them, empty where it took no part; nil if there is no match. Nothing
  ///   was searched before.
  mutating func find(in bytes: ArraySlice<UInt8>) -> [Range<Int>]? {
    var isFound = false
    for byte in bytes {
      position += 1
      round += 1
      next.removeAll()
      for (index, place) in waiting.places.enumerated() {
        guard case .byte(let set) = program[place], set.contains(byte) else { continue }
        for slot in saved.indices { saved[slot] = waiting.saves[index * saved.count + slot] }
        if reach(place + 1) {
          // What is behind it counts less; what is before it may still come to another end.
          isFound = true
          break
        }
      }
      if isFound, next.places.isEmpty { break }
      for slot in saved.indices { saved[slot] = -1 }
      if !isFound { _ = reach(0) }
      swap(&waiting, &next)
    }
    if !isFound { return nil }
    return stride(from: 0, to: found.count, by: 2).map { slot in
      let (start, end) = (Int(found[slot]), Int(found[slot + 1]))
      return start >= 0 && end > start ? start..<end : 0..<0
    }
  }

  /// Forgets what is under way.
  private mutating func begin() {
    round += 1
    next.removeAll()
    for slot in saved.indices { saved[slot] = -1 }
    _ = reach(0)
    swap(&waiting, &next)
  }

  /// Adds the places that wait for a byte and are reached from here without one, up to the end; true if that
  /// is reached.
  private mutating func reach(_ start: Int) -> Bool {
    stack.append(.at(start))
    while let turn = stack.popLast() {
      guard case .at(let place) = turn else {
        if case .restore(let slot, let before) = turn { saved[slot] = before }
        continue
      }
      guard rounds[place] != round else { continue }
      rounds[place] = round
      switch program[place] {
      case .byte:
        next.places.append(place)
        next.saves += saved
      case .fork(let first, let second): stack += [.at(second), .at(first)]
      case .jump(let place): stack.append(.at(place))
      case .save(let slot):
        stack += [.restore(slot: slot, saved[slot]), .at(place + 1)]
        saved[slot] = position
      case .match:
        found = saved
        stack.removeAll(keepingCapacity: true)
        return true
      }
    }
    return false
  }
}
