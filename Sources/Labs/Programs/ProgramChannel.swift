import CLinux
import Glibc
import Traffic

/// The descriptors between recvscope and a program that it starts: a pseudo terminal, or pipes.
struct ProgramChannel {
  /// The program's ends; close-on-exec, and closed here once it runs.
  let input: CInt
  let output: CInt
  let error: CInt
  /// What it writes comes out here.
  let sources: [(stream: OutputStream, descriptor: CInt)]
  /// What is written here it reads; not blocking.
  let sink: CInt
  let isTerminal: Bool

  /// A terminal.
  /// - Returns: nil where there is none to be had.
  static func terminal(_ size: WindowSize) -> ProgramChannel? {
    var theirs: CInt = -1
    let ours = cl_open_terminal(&theirs)
    guard ours >= 0 else { return nil }
    _ = cl_set_window(ours, CInt(size.rows), CInt(size.columns))
    // Either of the two that use it closes its own.
    let sink = fcntl(ours, F_DUPFD_CLOEXEC, 0)
    guard sink >= 0 else {
      close(ours)
      close(theirs)
      return nil
    }
    return ProgramChannel(
      input: theirs, output: theirs, error: theirs, sources: [(.terminal, ours)], sink: sink, isTerminal: true
    )
  }

  /// Three pipes.
  /// - Returns: nil where no descriptors are left.
  static func pipes() -> ProgramChannel? {
    var pipes: [(out: CInt, into: CInt)] = []
    for _ in 0..<3 {
      var ends: [CInt] = [-1, -1]
      guard cl_pipe(&ends) == 0 else {
        for pipe in pipes {
          close(pipe.out)
          close(pipe.into)
        }
        return nil
      }
      pipes.append((ends[0], ends[1]))
    }
    _ = fcntl(pipes[0].into, F_SETFL, O_NONBLOCK)
    return ProgramChannel(
      input: pipes[0].out, output: pipes[1].into, error: pipes[2].into,
      sources: [(.output, pipes[1].out), (.error, pipes[2].out)], sink: pipes[0].into, isTerminal: false)
  }

  /// The program has its own copies, or never will.
  func closeTheirs() { for descriptor in Set([input, output, error]) { close(descriptor) } }

  /// There is no program that could write.
  func closeSources() { for source in sources { close(source.descriptor) } }
}

/// How large a terminal is, in cells.
public struct WindowSize: Sendable, Equatable {
  public var rows: Int
  public var columns: Int

  public init(rows: Int, columns: Int) { (self.rows, self.columns) = (rows, columns) }

  /// What a program gets where there is no screen.
  static let usual = WindowSize(rows: 24, columns: 80)
}
