import ArgumentParser
import Sockets
import Traffic

/// `recvscope labs`: the labs that ship, each with the question of its first comment, or one of them as it is written.
struct LabsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "labs", abstract: "List the labs that ship, or print one.")

  @Argument(help: ArgumentHelp("The lab to print: its question, answer and commands.", valueName: "NAME"))
  var name: String?

  func run() throws {
    if let name { try show(name) } else { try list() }
  }

  private func show(_ name: String) throws {
    guard let path = DataFolder.labs.shipped(name, suffix: ".lab") else {
      let hint = DataFolder.labs.hint(name, suffix: ".lab")
      throw ExitCode(StandardError.say("there is no lab \(SafeText.string(name))\(hint)", status: 2))
    }
    do {
      // As it is: a copy of it is a lab of one's own.
      try StandardOutput.write(String(decoding: try FileReader.read(path), as: UTF8.self))
    } catch let failure as FileFailure {
      throw ExitCode(StandardError.say(SafeText.string(failure.description), status: 2))
    }
  }

  private func list() throws {
    let labs = DataFolder.labs
    let names = labs.names(suffix: ".lab")
    guard !names.isEmpty else {
      throw ExitCode(StandardError.say(SafeText.string("no labs are found: \(labs.places)"), status: 2))
    }
    let width = names.map(\.count).max() ?? 0
    for name in names {
      let text = (try? FileReader.read(labs.path(of: name, suffix: ".lab"))).map {
        String(decoding: $0, as: UTF8.self)
      }
      let comment =
        text?.split(separator: "\n").first { $0.hasPrefix("#") }?.drop { $0 == "#" || $0 == " " } ?? ""
      let question = comment.hasPrefix("\(name).lab: ") ? comment.dropFirst(name.count + 6) : comment
      let padding = String(repeating: " ", count: width - name.count)
      try StandardOutput.write("\(name)\(padding)  \(SafeText.string(question))\n")
    }
  }
}

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
