import ArgumentParser

/// `recvscope relay`
struct RelayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "relay", abstract: "Stand between a client and a server; print both sides' calls.",
    usage: "recvscope relay LISTEN TARGET [session options] [output options]",
    discussion: SessionLine.help(.relay))

  @Argument(
    parsing: .allUnrecognized,
    help: ArgumentHelp(
      "Where to listen, where to pass on to, and session options.", valueName: "LISTEN TARGET"))
  var words: [String]

  @Flag(help: "End when the first connection has closed.")
  var once = false

  @OptionGroup(title: "Output") var output: OutputArguments

  func run() throws {
    var options = try output.headlessOptions()
    options.stays = true
    options.endsWithFirstConnection = once
    throw ExitCode(HeadlessRun(try SessionLine.lab(["relay"] + words, atEnd: .close), options).run())
  }
}
