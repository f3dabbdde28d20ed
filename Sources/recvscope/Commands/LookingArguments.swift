import ArgumentParser
import Traffic

/// What is said to a recording before it is shown, asked or written.
struct LookingArguments: ParsableArguments {
  @Option(
    name: .customShort("e"),
    help: ArgumentHelp(
      "A command that looks, before all else: frame NAME json, expect …; may be given again.",
      valueName: "LINE")
  )
  var lines: [String] = []

  /// - Throws: `ExitCode` 2, all mistakes said.
  func load() throws(ExitCode) -> Lab { try LabArguments.load(lines) }
}
