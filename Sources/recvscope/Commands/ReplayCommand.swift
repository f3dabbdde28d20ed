import ArgumentParser
import Traffic

/// `recvscope replay`: what a recorded socket sent goes out again.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Send again what a recorded socket sent, and compare the answer.",
    usage:
      "recvscope replay FILE --from SOCKET --to ADDRESS [--received] [--wait] [--within D] [--speed F] [session options] [output options]",
    discussion: """
      Connects to ADDRESS and sends what SOCKET of the recording sent: each send() that was recorded is one send() again, with \
      the pauses that lay between them. With --wait a send goes out only when as many bytes of the answer have come as had come \
      before it then, and as long after them; without, the clock alone says when. With --received it is what the socket \
      received that goes out, as its peer sent it: of a server's connection that is the client's part.

      At the end it waits until as much has come back as then, --within D at most (10s), says whether the answer is the same, \
      and closes. The run is like any other: it is printed, and --record keeps it.

      Exit status: 0 the answer is the same, 1 it is another one, 2 bad usage or no such socket, 3 no connection.

      `listen ADDRESS --replay FILE:SOCKET` plays to whoever connects; `connect` takes the same options in a lab.

        recvscope replay bug.rscope --from client --to 127.0.0.1:8080 --wait
        recvscope replay bug.rscope --from server.1 --received --to 127.0.0.1:8080 --speed 10
        recvscope listen 8080 --replay bug.rscope:server.1 --wait
      """)

  @Argument(
    parsing: .allUnrecognized, help: ArgumentHelp("The recording, and session options.", valueName: "FILE"))
  var words: [String]

  @Option(help: ArgumentHelp("The socket of the recording.", valueName: "SOCKET"))
  var from: String

  @Option(help: ArgumentHelp("Where to connect to.", valueName: "ADDRESS"))
  var to: String

  @Flag(help: "Send what the socket received, not what it sent.")
  var received = false

  @Flag(help: "Before each send wait for as much of the answer as had come before it then.")
  var wait = false

  @Option(help: ArgumentHelp("How long an answer is waited for (default 10s).", valueName: "D"))
  var within: Duration?

  @OptionGroup var playing: PlayingArguments
  @OptionGroup(title: "Output") var output: OutputArguments

  func run() throws {
    guard let file = words.first, !file.hasPrefix("-") else {
      throw ValidationError("expected the recording first: recvscope replay FILE --from SOCKET --to ADDRESS")
    }
    var order = ReplayOrder(file: file, socket: from)
    order.direction = received ? .received : .sent
    order.waits = wait
    order.limit = within?.nanoseconds ?? ReplayOrder.usualLimit
    var options = try output.headlessOptions()
    options.stays = true
    options.speed = playing.speed
    throw ExitCode(HeadlessRun(try lab(order), options).run())
  }

  private func lab(_ order: ReplayOrder) throws(ExitCode) -> Lab {
    let opened = try OpenedRecording(order.file)
    for sentence in opened.missing { _ = StandardError.say(sentence, status: 0) }
    let kind: SocketKind
    do {
      let found = try Replay.find(order, in: opened.journal)
      kind = found.info.kind
      tell(found.socket, found.info, in: opened.journal)
    } catch {
      throw ExitCode(StandardError.say(error.sentence(order), status: 2))
    }
    var lab = try SessionLine.lab(["connect", to] + words.dropFirst(), atEnd: .stay)
    guard case .connect(_, let plain) = lab.lines[0].command else { return lab }
    if let flag = Self.flag(for: kind, to: plain.kind) {
      lab = try SessionLine.lab(["connect", to, flag] + words.dropFirst(), atEnd: .stay)
    }
    guard case .connect(let address, var session) = lab.lines[0].command else { return lab }
    session.replay = order
    lab.lines[0].command = .connect(address, session)
    return lab
  }

  /// What may be meant otherwise; it goes on all the same.
  private func tell(_ socket: SocketID, _ info: SocketInfo, in journal: Journal) {
    let name = SafeText.string(info.name)
    if info.role == .accepted, !received, journal.socket(socket).map({ $0.totals.receivedBytes > 0 }) == true
    {
      _ = StandardError.say(
        "\(name) was accepted: what goes out are a server's answers; what its client sent goes out with --received",
        status: 0)
    }
    let peers = Replay.peers(of: socket, in: journal, received ? .received : .sent)
    if peers > 1 {
      _ = StandardError.say(
        "\(name) spoke with \(peers) addresses: all of it goes to \(SafeText.string(to)) now", status: 0)
    }
  }

  /// The option that makes a socket which keeps boundaries as the recorded one did; nil if none is needed.
  private static func flag(for recorded: SocketKind, to kind: SocketKind) -> String? {
    guard recorded.keepsBoundaries, !kind.keepsBoundaries else { return nil }
    if !kind.isUnix { return "--udp" }
    return recorded == .seqpacket ? "--seqpacket" : "--unix-dgram"
  }
}
