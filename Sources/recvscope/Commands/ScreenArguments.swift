import ArgumentParser
import Glibc
import Screens
import Traffic

/// How a screen is to look.
struct ScreenArguments: ParsableArguments {
  @Option(help: ArgumentHelp("A theme that ships, or a file: see `recvscope themes`.", valueName: "THEME"))
  var theme: String?

  @Flag(help: "Big print for a projector: fewer columns, taller rows (key B).")
  var big = false

  /// With what the user has chosen in files.
  /// - Parameter bursts: of the lab.
  /// - Throws: `ExitCode` 2, the reason said.
  func options(bursts: [NamedBurst]) throws -> WorkbenchOptions {
    var options = WorkbenchOptions()
    do {
      options.configuration = try UserFiles.configuration()
      options.bursts = BurstLibrary(own: try UserFiles.bursts(), lab: bursts)
      (options.theme, options.notice) = try ThemeChoice.load(
        theme ?? options.configuration.theme, orThrow: theme == nil ? options.configuration.themeMistake : nil
      )
    } catch {
      throw ExitCode(StandardError.say(error.text, status: 2))
    }
    if big { options.configuration.isBig = true }
    // Empty is as good as not set (no-color.org).
    options.usesColor = getenv("NO_COLOR").map { $0.pointee == 0 } ?? true
    return options
  }
}
