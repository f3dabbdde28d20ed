import Foundation
import Testing

/// The examples of README.md: a fence marked ```` ```console ```` holds commands after `$ ` and what each prints. `…` in
/// it stands for anything, and runs of spaces are one.
@Suite("The examples of README.md")
struct ReadmeTests {
  struct Example: CustomStringConvertible {
    let command: String
    let output: [String]

    var description: String { command }
  }

  static let examples: [Example] = {
    let text = (try? String(contentsOfFile: Program.tree + "/README.md", encoding: .utf8)) ?? ""
    var examples: [Example] = []
    var isInside = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasPrefix("```") {
        isInside = line == "```console"
      } else if isInside, line.hasPrefix("$ ") {
        examples.append(Example(command: String(line.dropFirst(2)), output: []))
      } else if isInside, let last = examples.popLast() {
        examples.append(Example(command: last.command, output: last.output + [line]))
      }
    }
    return examples
  }()

  @Test("There are at least five")
  func enough() {
    #expect(Self.examples.count >= 5)
  }

  @Test("An example prints what it says", arguments: examples)
  func runs(example: Example) throws {
    let folder = URL(fileURLWithPath: Program.path).deletingLastPathComponent().path
    let outcome = try Child(
      ["bash", "-c", "set -o pipefail; PATH=\"$1:$PATH\"; eval \"$2\"", "bash", folder, example.command],
      folder: Program.tree
    ).wait()
    #expect(outcome.exitCode == 0, "\(outcome.errorText)")
    let printed = outcome.text.split(separator: "\n").map(Self.squeezed)
    let wanted = example.output.filter { !$0.isEmpty }.map(Self.squeezed)
    #expect(Self.matches(wanted[...], printed[...]), "\(outcome.text)")
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
