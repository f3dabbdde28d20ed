import ArgumentParser

/// `recvscope relay`
struct RelayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "relay", abstract: "Stand between a client and a server; print both sides' calls.",
    usage: "recvscope relay LISTEN TARGET [session options] [output options]",
    discussion: """
      Point the client at LISTEN: its bytes go to TARGET, and back. Ends, resets and urgent data are passed on as what they are.

        recvscope relay 9000 localhost:8080                       see both sides' chunks
        recvscope relay 9000 localhost:8080 --slice 1..7          cut both ways into 1 to 7 bytes
        recvscope relay 9000 db:5432 --up --slice 1 --gap 1ms     the client's bytes, one a millisecond
        recvscope relay 9000 ./app.sock --json                    TCP to a Unix socket, as JSON Lines
        recvscope -e 'relay 9000 localhost:8080'                  in the workbench, where M cuts into messages
        recvscope run -e 'watch "./server"' -e 'wait app listen' -e 'relay 9000 app --slice 1 --proof'
                                                                  one byte for each recv of the server
        recvscope run -e 'relay 9000 :8080' -e 'frame relay json' messages, and the calls that each came in

      Both sides are waited for by --mode select, poll or epoll (select), and each recv asks for 65536 bytes.

      \(SessionLine.help(.relay))
      """)

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
