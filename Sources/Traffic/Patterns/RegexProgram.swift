/// How programs are put together from smaller ones; each begins at 0 and ends behind its last instruction.
extension RegexParser {
  /// The program as it runs so many places further on.
  static func moved(_ program: [ByteRegex.Instruction], by distance: Int) -> [ByteRegex.Instruction] {
    program.map { instruction in
      switch instruction {
      case .byte, .save, .match: instruction
      case .fork(let first, let second): .fork(first + distance, second + distance)
      case .jump(let place): .jump(place + distance)
      }
    }
  }

  /// Any number of times.
  static func star(_ program: [ByteRegex.Instruction]) -> [ByteRegex.Instruction] {
    [.fork(1, program.count + 2)] + moved(program, by: 1) + [.jump(0)]
  }

  /// Once or not at all.
  static func optional(_ program: [ByteRegex.Instruction]) -> [ByteRegex.Instruction] {
    [.fork(1, program.count + 1)] + moved(program, by: 1)
  }

  /// True if the end can be reached without a byte.
  static func matchesNothing(_ program: [ByteRegex.Instruction]) -> Bool {
    var seen = [Bool](repeating: false, count: program.count + 1)
    var stack = [0]
    while let place = stack.popLast() {
      guard place < program.count else { return true }
      guard !seen[place] else { continue }
      seen[place] = true
      switch program[place] {
      case .byte: break
      case .fork(let first, let second): stack += [first, second]
      case .jump(let next): stack.append(next)
      case .save: stack.append(place + 1)
      case .match: return true
      }
    }
    return false
  }
}
