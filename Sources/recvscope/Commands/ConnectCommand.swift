import ArgumentParser
import Traffic

/// `recvscope connect`
struct ConnectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "connect", abstract: "Connect, send, and print every recv.",
    usage: "recvscope connect ADDRESS [--send BURST] [session options] [output options]",
    discussion: """
      Standard input is sent as it comes; at its end, or after --send's burst, the sending side is shut down.

      \(SessionLine.help(.connect))
      """)

  @Argument(
    parsing: .allUnrecognized, help: ArgumentHelp("The address, and session options.", valueName: "ADDRESS"))
  var words: [String]

  @Option(
    help: ArgumentHelp(
      "What to send instead of standard input: '\"12345\" 100ms \"a\"*50'", valueName: "BURST"))
  var send: String?

  @OptionGroup var playing: PlayingArguments
  @OptionGroup(title: "Output") var output: OutputArguments

  func run() throws {
    var options = try output.headlessOptions()
    options.stays = true
    options.speed = playing.speed
    // The peer's end of stream is not ours: what is to be sent is sent, as far as that is possible.
    var lab = try SessionLine.lab(["connect"] + words, atEnd: .stay)
    guard case .connect(_, let session) = lab.lines[0].command else { return }
    let name = session.name ?? "client"
    if let send {
      do {
        let burst = try Burst(parsing: send)
        lab.lines.append(Lab.Line(number: 2, text: "send \(name) \(send)", command: .send(name, burst)))
        if session.kind.isConnectionOriented {
          lab.lines.append(Lab.Line(number: 2, text: "", command: .shutdown(name, .write)))
        }
      } catch {
        throw ExitCode(StandardError.say("--send: \(error.rendered(in: nil))", status: 2))
      }
    } else {
      options.pumpsInputTo = name
    }
    options.closesAtEnd = session.kind.isConnectionOriented ? name : nil
    throw ExitCode(HeadlessRun(lab, options).run())
  }
}
