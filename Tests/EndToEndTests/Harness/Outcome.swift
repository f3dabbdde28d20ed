import Foundation

/// What a process left behind.
struct Outcome {
  /// The exit status; nil if a signal ended it.
  let exitCode: Int32?
  /// The signal that ended it; nil if it exited.
  let signal: Int32?
  let output: [UInt8]
  let errors: [UInt8]

  init(waitStatus: Int32, output: [UInt8], errors: [UInt8]) {
    // WIFEXITED, WEXITSTATUS and WTERMSIG of wait(2), which are macros that Swift does not see.
    let isExit = waitStatus & 0x7f == 0
    exitCode = isExit ? (waitStatus >> 8) & 0xff : nil
    signal = isExit ? nil : waitStatus & 0x7f
    self.output = output
    self.errors = errors
  }

  var text: String { String(decoding: output, as: UTF8.self) }
  var errorText: String { String(decoding: errors, as: UTF8.self) }
  var lines: [String] { text.split(separator: "\n").map(String.init) }

  /// Standard output read as JSON Lines.
  var events: [Event] {
    get throws { try lines.map(Event.init(line:)) }
  }
}
