import ArgumentParser
import Sockets
import Traffic

/// `recvscope labs`: the labs that ship, each with the question of its first comment.
struct LabsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "labs", abstract: "List the labs that ship.")

  func run() throws {
    let labs = DataFolder.labs
    let names = labs.names(suffix: ".lab")
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
    for name in DataFolder.themes.names(suffix: ".toml") { try StandardOutput.write("\(name)\n") }
  }
}
