import ArgumentParser
import Traffic

/// `recvscope themes`
struct ThemesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "themes", abstract: "List the themes.")

  func run() throws {
    let themes = DataFolder.themes
    let names = themes.names(suffix: ".toml")
    guard !names.isEmpty else {
      throw ExitCode(StandardError.say(SafeText.string("no themes are found: \(themes.places)"), status: 2))
    }
    for name in names { try StandardOutput.write("\(name)\n") }
  }
}
