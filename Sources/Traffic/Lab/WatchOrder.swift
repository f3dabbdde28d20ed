/// What `watch` is to watch, and how.
public struct WatchOrder: Sendable, Equatable {
  public enum Target: Sendable, Equatable {
    /// A program and its arguments: one word or more.
    case command([String])
    case process(Int32)
  }

  public var target: Target
  /// Its own name; nil takes the usual one.
  public var name: String?
  /// Its children are watched too.
  public var follows = true
  /// io_uring_setup(2) fails, so that programs fall back to calls that can be seen.
  public var refusesIOUring = false
  /// It may be left running.
  public var isDetachable = false
  /// It goes on when recvscope ends: what was attached to is only let go.
  public var livesOn: Bool {
    switch target {
    case .command: isDetachable
    case .process: true
    }
  }
  /// `K=V` beside what is inherited.
  public var environment: [String] = []
  public var directory: String?
  /// It has a pseudo terminal, or pipes; nil as is usual where it runs: a terminal in the workbench.
  public var usesTerminal: Bool?
  /// It has our standard input, output and error; else its output becomes records.
  public var keepsTerminal = false
  /// Its standard output, where ours is used for something else; nil is ours.
  public var output: Int32?
  /// It has our standard input.
  public var keepsInput = false

  public init(_ target: Target) { self.target = target }

  /// Every option that a lab can give.
  public static let optionWords = [
    "--pid", "--as", "--no-follow", "--no-io-uring", "--detachable", "--env", "--dir", "--tty", "--no-tty",
  ]

  /// What is watched, as a line.
  public var text: String {
    switch target {
    case .command(let words): words.joined(separator: " ")
    case .process(let process): "process \(process)"
    }
  }
}
