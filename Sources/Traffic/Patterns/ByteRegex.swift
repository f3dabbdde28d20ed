/// A regular expression over bytes: literals, `.`, classes, groups, `|`, `*`, `+`, `?`, `{n,m}` and the usual escapes.
public struct ByteRegex: Sendable, Equatable {
  /// One step of the machine that runs it.
  enum Instruction: Sendable, Equatable {
    case byte(ByteSet)
    /// Goes on at both places.
    case fork(Int, Int)
    case jump(Int)
    /// Keeps where it is: a group begins at an even place, and ends at the one behind it.
    case save(Int)
    case match
  }

  /// What stands between the slashes.
  public let source: String
  let program: [Instruction]
  /// How many groups it has, `(?:…)` not counted.
  let groups: Int
  /// The program that also keeps where its groups lie; empty without any.
  let grouping: [Instruction]

  /// The expression between slashes, as it is written.
  public var text: String { "/\(source)/" }
}
