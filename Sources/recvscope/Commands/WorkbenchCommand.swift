import ArgumentParser

/// `recvscope [LAB]`: the workbench.
struct WorkbenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "workbench", abstract: "Open the workbench (the default).",
    usage: "recvscope [LAB] [-e LINE]...")

  @OptionGroup var lab: LabArguments

  func run() throws {
    _ = try lab.load()
    throw ExitCode(StandardError.say("no screen", status: 2))
  }
}
