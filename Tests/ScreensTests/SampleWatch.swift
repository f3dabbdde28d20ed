@testable import Traffic

extension SampleJournals {
  /// Two watched programs that talk to each other: the server takes one recv for one message, and both tell of it.
  static func watch() -> Journal {
    let writer = JournalWriter(wall: 1_763_690_531_000_000_000)
    let server = start("server", "python3 server.py", at: 100_000, process: 4711, livesOn: false, writer)
    let listener = writer.add(
      SocketInfo(name: "server.fd3", kind: .tcp, role: .listener, local: "127.0.0.1:9000"))
    writer.append(
      Record.listen(listener, at: 200_000, backlog: 128)
        .made(by: .listen, process: 4711, thread: 4711, descriptor: 3), text: "127.0.0.1:9000")
    output(writer, server, at: 210_000, "listening on 9000\r\n")
    let client = start("client", "python3 client.py", at: 300_000, process: 4712, livesOn: true, writer)
    writer.update(listener) { $0.isWatched = true }
    let socket = writer.add(
      SocketInfo(
        name: "client.fd3", kind: .tcp, role: .client, local: "127.0.0.1:50001", peer: "127.0.0.1:9000"))
    let accepted = writer.add(
      SocketInfo(
        name: "server.fd3.1", kind: .tcp, role: .accepted, parent: listener, local: "127.0.0.1:9000",
        peer: "127.0.0.1:50001"))
    for socket in [socket, accepted] { writer.update(socket) { $0.isWatched = true } }
    writer.append(
      Record.connect(socket, from: 310_000, to: 350_000)
        .made(by: .connect, process: 4712, thread: 4712, descriptor: 3),
      ConnectedEnds(local: "127.0.0.1:50001", peer: "127.0.0.1:9000"))
    writer.append(
      Record.accept(listener, from: 220_000, to: 360_000, connection: accepted, backlogLeft: nil)
        .made(by: .accept4, process: 4711, thread: 4711, descriptor: 3))
    for (number, piece) in ["{\"n\":", "1}\n"].enumerated() {
      let time = Nanoseconds(400_000 + 50_000_000 * number)
      sent(writer, socket, at: time, piece, process: 4712)
      received(writer, accepted, at: time + 20_000, piece, process: 4711)
      output(writer, server, at: time + 60_000, "\u{1b}[31mno JSON: \(piece.dropLast(number))\u{1b}[0m\r\n")
    }
    output(writer, client, at: 60_000_000, "10 %\r100 %\r\nagain\u{7}? ")
    return writer.journal
  }

  private static func start(
    _ name: String, _ command: String, at time: Nanoseconds, process: Int32, livesOn: Bool,
    _ writer: JournalWriter
  ) -> SocketID {
    let program = writer.add(SocketInfo(name: name, kind: .tcp, role: .program))
    writer.update(program) { ($0.isWatched, $0.livesOn) = (true, livesOn) }
    writer.append(
      .startProgram(program, at: time, process: process),
      ProgramStart(command: command, source: "ptrace", floor: 9000))
    return program
  }

  static func output(
    _ writer: JournalWriter, _ program: SocketID, at time: Nanoseconds, _ text: String,
    _ stream: OutputStream = .terminal
  ) {
    writer.append(.output(program, at: time, stream), text: text)
  }

  private static func sent(
    _ writer: JournalWriter, _ socket: SocketID, at time: Nanoseconds, _ text: String, process: Int32
  ) {
    let count = text.utf8.count
    let call = record(.send, socket, time, time + 8_000) {
      ($0.asked, $0.result) = (UInt32(count), Int32(count))
    }
    writer.append(call.made(by: .sendto, process: process, thread: process, descriptor: 3), text: text)
  }

  private static func received(
    _ writer: JournalWriter, _ socket: SocketID, at time: Nanoseconds, _ text: String, process: Int32
  ) {
    let call = record(.recv, socket, time - 15_000, time) {
      ($0.asked, $0.result, $0.left) = (1024, Int32(text.utf8.count), 0)
    }
    writer.append(call.made(by: .recvfrom, process: process, thread: process, descriptor: 4), text: text)
  }
}
