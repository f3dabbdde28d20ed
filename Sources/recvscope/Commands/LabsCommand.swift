import ArgumentParser
import Glibc
import Screens
import Sockets
import Traffic

/// `recvscope labs`: the lessons and labs that ship, each with its question; on a terminal they are offered to be played.
struct LabsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "labs", abstract: "Choose a lesson or a lab, list them, or print one.",
    discussion: """
      On a terminal the workbench opens with the list: Enter plays. Elsewhere, as in a pipe, it is printed. What you have done \
      of each stands behind it.
      """)

  @Argument(help: ArgumentHelp("The lesson or lab to print: its question and commands.", valueName: "NAME"))
  var name: String?

  @Option(help: ArgumentHelp("Forget what was done of this one.", valueName: "NAME"))
  var reset: String?

  func run() throws {
    if let reset { return try forget(reset) }
    if let name { return try show(name) }
    if isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 {
      let workbench = try WorkbenchCommand.parse([])
      return try workbench.run()
    }
    try list()
  }

  private func forget(_ name: String) throws {
    if LabShelf.shipped(name) == nil { throw Self.noLab(name) }
    if let mistake = LabShelf.reset(Self.bare(name)) { throw ExitCode(StandardError.say(mistake, status: 2)) }
  }

  private func show(_ name: String) throws {
    guard let path = LabShelf.shipped(name) else { throw Self.noLab(name) }
    do {
      // As it is: a copy of it is a lab of one's own.
      try StandardOutput.write(String(decoding: try FileReader.read(path), as: UTF8.self))
    } catch let failure as FileFailure {
      throw ExitCode(StandardError.say(SafeText.string(failure.description), status: 2))
    }
  }

  private func list() throws {
    let entries = LabShelf.entries()
    guard !entries.isEmpty else {
      throw ExitCode(
        StandardError.say(SafeText.string("no labs are found: \(DataFolder.labs.places)"), status: 2))
    }
    let width = entries.map(\.name.count).max() ?? 0
    for entry in entries {
      let kind = entry.isLesson ? "lesson" : "lab   "
      let padding = String(repeating: " ", count: width - entry.name.count)
      let done = entry.done.isEmpty ? "" : "  [\(entry.done)]"
      try StandardOutput.write("\(kind)  \(entry.name)\(padding)  \(entry.question)\(done)\n")
    }
  }

  private static func bare(_ name: String) -> String {
    name.hasSuffix(".lab") ? String(name.dropLast(4)) : name
  }

  private static func noLab(_ name: String) -> ExitCode {
    ExitCode(StandardError.say("there is no lab \(SafeText.string(name))\(LabShelf.hint(name))", status: 2))
  }
}
