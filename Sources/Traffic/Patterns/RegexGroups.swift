extension ByteRegex {
  /// What `%{1}` to `%{9}` may stand for in an answer to it.
  public var answerGroups: AnswerGroups { AnswerGroups(count: groups, open: openGroups) }

  /// The groups that a match could give one more byte where it ends.
  private var openGroups: Set<Int> {
    // Where the end is reached without a byte; a loop needs another look.
    var isEnding = [Bool](repeating: false, count: grouping.count)
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for place in grouping.indices.reversed() where !isEnding[place] {
        isEnding[place] =
          switch grouping[place] {
          case .byte: false
          case .fork(let first, let second): isEnding[first] || isEnding[second]
          case .jump(let next): isEnding[next]
          case .save: isEnding[place + 1]
          case .match: true
          }
        hasChanged = hasChanged || isEnding[place]
      }
    }
    // What else is reached from where a match ends.
    var stack = grouping.indices.filter { isByte($0) && isEnding[$0 + 1] }.map { $0 + 1 }
    var isReached = [Bool](repeating: false, count: grouping.count)
    while let place = stack.popLast() {
      guard !isReached[place] else { continue }
      isReached[place] = true
      switch grouping[place] {
      case .byte, .match: break
      case .fork(let first, let second): stack += [first, second]
      case .jump(let next): stack.append(next)
      case .save: stack.append(place + 1)
      }
    }
    var (open, inside): (Set<Int>, Set<Int>) = ([], [])
    for place in grouping.indices {
      switch grouping[place] {
      case .byte: if isReached[place] { open.formUnion(inside) }
      case .save(let slot):
        if slot % 2 == 0 { inside.insert(slot / 2 + 1) } else { inside.remove(slot / 2 + 1) }
      case .fork, .jump, .match: break
      }
    }
    return open
  }

  private func isByte(_ place: Int) -> Bool { if case .byte = grouping[place] { true } else { false } }
}
