/// A regular expression's program without its forks and jumps: for each place that waits for a byte, where it leads.
struct RegexGraph: Sendable {
  /// The bytes that each place takes; empty where the program has something else.
  private(set) var sets: [ByteSet] = []
  /// The places that wait for the next byte behind each place.
  private(set) var following: [[Int32]] = []
  /// Whether a match may end behind each place.
  private(set) var ends: [Bool] = []
  /// The places of a match's first byte.
  private(set) var start: [Int32] = []

  init(_ regex: ByteRegex) {
    let program = regex.program
    var rounds = [Int](repeating: -1, count: program.count)
    start = Self.places(from: 0, in: program, &rounds, round: program.count).places
    for (place, instruction) in program.enumerated() {
      guard case .byte(let set) = instruction else {
        sets.append(ByteSet())
        following.append([])
        ends.append(false)
        continue
      }
      let next = Self.places(from: place + 1, in: program, &rounds, round: place)
      sets.append(set)
      following.append(next.places)
      ends.append(next.ends)
    }
  }

  /// The places that are reached without a byte, ascending.
  private static func places(
    from start: Int, in program: [ByteRegex.Instruction], _ rounds: inout [Int], round: Int
  ) -> (places: [Int32], ends: Bool) {
    var places: [Int32] = []
    var ends = false
    var stack = [start]
    while let place = stack.popLast() {
      guard rounds[place] != round else { continue }
      rounds[place] = round
      switch program[place] {
      case .byte: places.append(Int32(place))
      case .fork(let first, let second): stack += [first, second]
      case .jump(let next): stack.append(next)
      case .save: stack.append(place + 1)
      case .match: ends = true
      }
    }
    return (places.sorted(), ends)
  }
}
