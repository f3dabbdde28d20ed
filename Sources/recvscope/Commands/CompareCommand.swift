import ArgumentParser
import Glibc
import Recordings
import Reports
import Traffic

/// `recvscope compare`: two recordings beside each other.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Lay two recordings beside each other: which recv calls differ?",
    discussion: """
      The calls of each socket that both have are laid beside each other by their place in the stream; datagrams by their \
      order. Sockets are matched by name, the rest by kind and role in the order in which they were made. Bytes that differ \
      are told apart from cuts that differ. Times are told as differences: B's less A's; arrivals count from the first \
      of the socket.

      Exit status: 0 the recv calls return the same sizes, 1 they do not (with --bytes also if the bytes are others), 2 a file \
      that is no recording.

        recvscope run hello.lab --record mine.rscope
        recvscope compare mine.rscope theirs.rscope
        recvscope compare mine.rscope theirs.rscope --json | jq 'select(.event == "difference")'
      """)

  @Argument(help: ArgumentHelp("A recording.", valueName: "A"))
  var first: String

  @Argument(help: ArgumentHelp("Another one.", valueName: "B"))
  var second: String

  @Flag(help: "JSON Lines: an object for each difference and, behind them, one for each socket.")
  var json = false

  @Flag(help: "Exit with 1 also if the bytes differ.")
  var bytes = false

  @Option(help: ArgumentHelp("Differences of a socket to list (default 20).", valueName: "N"))
  var limit = 20

  func validate() throws {
    guard limit >= 0 else { throw ValidationError("--limit takes a number from 0") }
  }

  func run() throws {
    signal(SIGPIPE, SIG_IGN)
    let (a, b) = (try OpenedRecording(first), try OpenedRecording(second))
    for recording in [a, b] {
      for sentence in recording.missing { _ = StandardError.say(sentence, status: 0) }
    }
    let verdict = json ? try writeJSON(a, b) : try writeText(a, b)
    throw ExitCode(verdict.hasSameSizes && !(bytes && verdict.otherBytes > 0) ? 0 : 1)
  }

  private func writeText(_ a: OpenedRecording, _ b: OpenedRecording) throws -> CompareVerdict {
    try StandardOutput.write("A  \(a.line)\nB  \(b.line)\n\n")
    let isColored = StandardOutput.isColored
    return try CompareText(a.journal, b.journal, width: StandardOutput.width, limit: limit).write { lines in
      try StandardOutput.write(lines.map { Self.text($0, isColored: isColored) + "\n" }.joined())
    }
  }

  private static func text(_ line: [CompareText.Span], isColored: Bool) -> String {
    line.map { span in
      guard isColored, let code = span.shade.code else { return span.text }
      return "\u{1b}[\(code)m\(span.text)\u{1b}[0m"
    }.joined()
  }

  private func writeJSON(_ a: OpenedRecording, _ b: OpenedRecording) throws -> CompareVerdict {
    try CompareJSON(a.journal, b.journal).write { output in
      try StandardOutput.write(output)
      output.removeAll()
    }
  }
}

extension CompareText.Shade {
  /// Of SGR, see console_codes(4).
  fileprivate var code: Int? {
    switch self {
    case .plain: nil
    case .strong: 1
    case .same: 32
    case .different: 33
    }
  }
}
