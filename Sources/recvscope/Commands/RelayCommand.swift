import ArgumentParser

/// `recvscope relay` says that it is not built yet, rather than that its words are no lab.
struct RelayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "relay", shouldDisplay: false)

  @Argument(parsing: .allUnrecognized)
  var words: [String] = []

  func run() throws {
    throw ExitCode(
      StandardError.say("relay: there is no such command yet; `recvscope help` lists them", status: 2))
  }
}
