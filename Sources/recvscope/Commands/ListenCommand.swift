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
    // What has ended is closed, as the textbook's loop does, so that the command comes to an end.
    throw ExitCode(HeadlessRun(try SessionLine.lab(["listen"] + words, atEnd: .close), options).run())
  }
}
