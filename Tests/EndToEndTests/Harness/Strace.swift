import Foundation

/// The program under strace(1), which notes the socket calls of each of its threads.
final class Strace {
  private let scratch: Scratch
  /// What stands before the program's own arguments.
  let arguments: [String]

  init() throws {
    scratch = try Scratch()
    arguments = [
      // A file for each thread: no call is torn into "unfinished" and "resumed".
      "strace", "-ff", "-ttt", "-yy", "-s", "1", "-xx", "-e", "trace=recvmsg,recvfrom,sendto,sendmsg",
      "-o", "\(scratch.path)/calls", Program.path,
    ]
  }

  /// All calls, in the order of their starts; only when the program has ended.
  func calls() throws -> [SystemCall] {
    var calls: [SystemCall] = []
    for file in try FileManager.default.contentsOfDirectory(atPath: scratch.path) {
      let text = try String(contentsOfFile: "\(scratch.path)/\(file)", encoding: .utf8)
      calls += text.split(separator: "\n").compactMap { SystemCall(line: String($0)) }
    }
    return calls.sorted { $0.time < $1.time }
  }
}
