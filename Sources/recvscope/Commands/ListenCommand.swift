import ArgumentParser

/// `recvscope listen`
struct ListenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "listen", abstract: "Listen, accept, and print every recv.",
    usage: "recvscope listen ADDRESS [session options] [output options]",
    discussion: SessionLine.help(.listen))

  @Argument(
    parsing: .allUnrecognized, help: ArgumentHelp("The address, and session options.", valueName: "ADDRESS"))
  var words: [String]

  @Flag(help: "End when the first connection has closed.")
  var once = false

  @OptionGroup(title: "Output") var output: OutputArguments

  func run() throws {
    var options = try output.headlessOptions()
    options.stays = true
    options.endsWithFirstConnection = once
    throw ExitCode(HeadlessRun(try SessionLine.lab(["listen"] + words), options).run())
  }
}
