import Foundation

/// An example of a document: a fence marked ```` ```console ```` holds commands after `$ ` and what each prints. `…` in it stands for
/// anything, and runs of spaces are one.
struct ConsoleExample: CustomStringConvertible {
  let command: String
  let output: [String]

  var description: String { command }

  /// The examples of a file of the project, in their order.
  static func all(of file: String) -> [ConsoleExample] {
    let text = (try? String(contentsOfFile: Program.tree + "/" + file, encoding: .utf8)) ?? ""
    var examples: [ConsoleExample] = []
    var isInside = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasPrefix("```") {
        isInside = line == "```console"
      } else if isInside, line.hasPrefix("$ ") {
        examples.append(ConsoleExample(command: String(line.dropFirst(2)), output: []))
      } else if isInside, let last = examples.popLast() {
        examples.append(ConsoleExample(command: last.command, output: last.output + [line]))
      }
    }
    return examples
  }

  /// Runs the command with the program in the path.
  func run(in folder: String = Program.tree) throws -> Outcome {
    let program = URL(fileURLWithPath: Program.path).deletingLastPathComponent().path
    return try Child(
      ["bash", "-c", "set -o pipefail; PATH=\"$1:$PATH\"; eval \"$2\"", "bash", program, command],
      environment: ["XDG_STATE_HOME": folder + "/.state"], folder: folder
    ).wait()
  }

  /// True if what was printed is what is written.
  func fits(_ printed: String) -> Bool {
    let printed = printed.split(separator: "\n").map(Self.squeezed)
    let wanted = output.filter { !$0.isEmpty }.map(Self.squeezed)
    return Self.matches(wanted[...], printed[...])
  }

  /// Without the number of a descriptor that was used before: what starts an interpreter may open sockets of its own.
  private static func squeezed(_ line: some StringProtocol) -> String {
    line.split(separator: " ").joined(separator: " ").replacing(/(\.fd\d+)-\d+/) { $0.1 }
  }

  /// A line that is only `…` stands for any number of lines.
  private static func matches(_ wanted: ArraySlice<String>, _ got: ArraySlice<String>) -> Bool {
    guard let first = wanted.first else { return got.isEmpty }
    if first == "…" {
      return matches(wanted.dropFirst(), got) || !got.isEmpty && matches(wanted, got.dropFirst())
    }
    guard let line = got.first, fits(line, first.components(separatedBy: "…")) else { return false }
    return matches(wanted.dropFirst(), got.dropFirst())
  }

  private static func fits(_ line: String, _ parts: [String]) -> Bool {
    guard let first = parts.first, let last = parts.last else { return false }
    if parts.count == 1 { return line == first }
    guard line.hasPrefix(first), line.hasSuffix(last), line.count >= first.count + last.count else {
      return false
    }
    var rest = line.dropFirst(first.count).dropLast(last.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let found = rest.range(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return true
  }
}
