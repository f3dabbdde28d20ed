/// A regular expression over bytes: literals, `.`, classes, groups, `|`, `*`, `+`, `?`, `{n,m}` and the usual escapes.
public struct ByteRegex: Sendable, Equatable {
  /// One step of the machine that runs it.
  enum Instruction: Sendable, Equatable {
    case byte(ByteSet)
    /// Goes on at both places.
    case fork(Int, Int)
    case jump(Int)
    case match
  }

  /// What stands between the slashes.
  public let source: String
  let program: [Instruction]

  /// The expression between slashes, as it is written.
  public var text: String { "/\(source)/" }
}
