import SystemPackage

/// What the calls on a socket returned in one run, in order: bytes, or why they failed.
public struct CallResults: Hashable, Sendable {
  /// Equal results one after another.
  private struct Streak: Hashable, Sendable {
    /// An errno below 0.
    var result: Int
    var count: Int

    var word: String { result < 0 ? Errno(rawValue: CInt(-result)).name : "\(result)" }

    /// `10×5`; two are shorter as they are.
    var counted: String { count > 2 ? "\(word)×\(count)" : count == 2 ? "\(word) \(word)" : word }
  }

  private var streaks: [Streak] = []
  public private(set) var calls = 0
  /// Characters of `text`.
  public private(set) var length = 0

  public init() {}

  /// - Parameter result: bytes, or an errno below 0.
  public mutating func add(_ result: Int) {
    if streaks.last?.result == result {
      streaks[streaks.count - 1].count += 1
    } else {
      streaks.append(Streak(result: result, count: 1))
    }
    length += streaks[streaks.count - 1].word.utf8.count + (calls > 0 ? 1 : 0)
    calls += 1
  }

  /// Bytes of memory, about.
  public var memory: Int { streaks.count * MemoryLayout<Streak>.stride }

  /// All of them: `5 10 10 10 10 10 0`; `nothing` where no call returned.
  public var text: String {
    if streaks.isEmpty { return "nothing" }
    return streaks.map { Array(repeating: $0.word, count: $0.count).joined(separator: " ") }
      .joined(separator: " ")
  }

  /// As much of it as there is room for: all, or with equal ones counted, `5 10×5 0`, or both ends, `5 10×5 … 10 0`.
  /// - Parameter width: in characters.
  public func text(in width: Int) -> String {
    if length <= width { return text }
    if streaks.count * 2 <= width + 1, case let all = streaks.map(\.counted).joined(separator: " "),
      all.count <= width
    {
      return all
    }
    var (front, back, room) = ([String](), [String](), width - 1)
    while front.count + back.count < streaks.count {
      // More of the front: runs part near their beginning.
      let isBack = (front.count + back.count) % 3 == 2
      let word = streaks[isBack ? streaks.count - 1 - back.count : front.count].counted
      room -= word.count + 1
      if room < 0 { break }
      if isBack { back.append(word) } else { front.append(word) }
    }
    return (front + ["…"] + back.reversed()).joined(separator: " ")
  }
}
