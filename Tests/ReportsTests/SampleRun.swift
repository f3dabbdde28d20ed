import Reports
import SystemPackage
import Traffic

/// A journal with every kind of record, and what printers make of it.
struct SampleRun {
  /// Midnight of the day on which the run begins.
  static let wall: Nanoseconds = 1_795_219_200_000_000_000

  let writer: JournalWriter
  var journal: Journal { writer.journal }
  let server: SocketID
  let connection: SocketID
  let client: SocketID
  let datagrams: SocketID

  init(limit: Int = 256 << 20) {
    writer = JournalWriter(limit: limit, wall: Self.wall)
    server = writer.add(
      SocketInfo(name: "server", kind: .tcp, role: .listener, local: "*:9000", isExposed: true))
    client = writer.add(
      SocketInfo(name: "client", kind: .tcp, role: .client, local: "127.0.0.1:5000", peer: "127.0.0.1:9000"))
    connection = writer.add(
      SocketInfo(
        name: "server.1", kind: .tcp, role: .accepted, parent: server, local: "127.0.0.1:9000",
        peer: "127.0.0.1:5000"))
    datagrams = writer.add(SocketInfo(name: "名前", kind: .udp, role: .bound, local: "127.0.0.1:7000"))
  }

  func append(_ record: Record, _ bytes: [UInt8] = []) {
    bytes.withUnsafeBytes { _ = writer.append(record, payload: $0) }
  }

  /// Prints what is in the journal.
  func text(
    _ format: any RecordFormat, showing kinds: Set<Record.Kind> = Set(Record.Kind.allCases),
    showsEvicted: Bool = true
  ) -> String {
    var printer = Printer(journal, format, shown: kinds, showsEvicted: showsEvicted)
    var output = ByteBuffer()
    repeat { printer.fill(&output, upTo: .max, at: 0) } while !printer.isAtEnd
    return output.text
  }

  /// One of each kind, and of some kinds one that failed.
  static let whole: SampleRun = {
    let run = SampleRun()
    run.opening()
    run.calls()
    run.rest()
    run.program()
    return run
  }()

  private func opening() {
    writer.append(.listen(server, at: 1_000, backlog: 8), text: "*:9000")
    writer.append(.listen(datagrams, at: 2_000, backlog: 0), text: "127.0.0.1:7000")
    writer.append(
      .connect(client, from: 10_000, to: 52_000),
      ConnectedEnds(local: "127.0.0.1:5000", peer: "127.0.0.1:9000"))
    writer.append(
      .connect(client, from: 60_000, to: 61_000, failed: .connectionRefused),
      ConnectedEnds(local: nil, peer: "127.0.0.1:1"))
    append(.accept(server, from: 5_000, to: 70_000, connection: connection, backlogLeft: 0))
    append(.accept(server, from: 80_000, to: 90_000, failed: .tooManyOpenFiles))
    writer.append(.option(client, at: 95_000), OptionChange(name: "rcvbuf", granted: "9216", asked: "4096"))
    writer.append(
      .option(client, at: 96_000, failed: .protocolNotAvailable),
      OptionChange(name: "cork", granted: "0", asked: "0"))
  }

  private func calls() {
    var send = Record.send(client, flags: [.noSignal, .more], burst: (number: 1, step: 0))
    (send.start, send.end, send.asked, send.result, send.planned) = (100_500, 104_000, 5, 5, 100_000)
    append(send, Array("12345".utf8))
    writer.append(
      .wait(connection, .epollWait, from: 71_000, to: 110_000, result: 1, timeout: 1_000_000),
      WaitSets(readable: [connection], writable: [client, connection], edges: [connection]))
    append(.wait(connection, .select, from: 110_000, to: 111_000, result: 0, timeout: nil))
    var recv = Record.recv(
      connection, from: 112_000, to: 113_400, asked: 3, result: 3, flags: [], conditions: [])
    (recv.queued, recv.arrived, recv.segments) = (2, 105_000, 1)
    append(recv, [0x31, 0x00, 0xff])
    append(
      .recv(connection, from: 114_000, to: 114_200, asked: 4096, result: 0, flags: .dontWait, conditions: []))
    append(
      .recv(
        connection, from: 115_000, to: 115_900, asked: 4096, result: -Errno.connectionReset.rawValue,
        flags: [], conditions: .timed))
    var datagram = Record.recv(
      datagrams, from: 1_000_000, to: 11_000_000, asked: 4, result: 4, flags: [],
      conditions: [.datagram, .truncated])
    (datagram.lost, datagram.address) = (6, writer.intern(address: "127.0.0.1:6000"))
    append(datagram, Array("four".utf8))
    var answer = Record.send(datagrams, flags: .noSignal, to: writer.intern(address: "127.0.0.1:6000"))
    (answer.start, answer.end, answer.asked, answer.result) = (11_000_100, 11_000_900, 70_000, -90)
    append(answer)
  }

  private func rest() {
    append(.shutdown(client, .write, from: 12_000_000, to: 12_000_400))
    append(.close(client, .reset, from: 12_001_000, to: 12_001_900))
    writer.append(.mark(at: 12_100_000), text: "a \"note\"\n\u{1b}[2J")
    writer.append(.unopened(client, from: 12_200_000, to: 12_300_000), text: "no such name")
    writer.append(
      .expect(connection, at: 12_400_000, line: 7, holds: true), Verdict(wanted: "5", got: "recv 5"))
    writer.append(
      .expect(connection, at: 12_400_001, line: 8, holds: false), Verdict(wanted: "recv 5", got: "recv 3"))
    var report = BurstReport(.done)
    (report.sends, report.bytes, report.unsentSends, report.unsentBytes) = (1, 5, 0, 0)
    (report.medianLate, report.percentile99Late, report.maximumLate, report.sampled) = (500, 500, 500, 1)
    report.tolerance = 1_000_000
    writer.append(.burst(client, from: 100_000, to: 104_000, number: 1, report), report)
  }

  /// What a watched program did.
  private func program() {
    let program = writer.add(SocketInfo(name: "app", kind: .tcp, role: .program))
    let socket = writer.add(SocketInfo(name: "app.fd5", kind: .tcp, role: .client, local: "127.0.0.1:5001"))
    writer.append(
      .startProgram(program, at: 13_000_000, process: 77),
      ProgramStart(command: "app 9000", source: "ptrace", floor: 9_000))
    func made(_ record: Record, _ call: CallName) -> Record {
      record.made(by: call, process: 77, thread: 78, descriptor: 5)
    }
    writer.append(
      made(.call(socket, from: 13_001_000, to: 13_002_000, result: 0), .bind), text: "127.0.0.1:0")
    append(made(.call(socket, from: 13_003_000, to: 13_004_000, result: -22), .dup))
    var recv = Record.recv(
      socket, from: 13_010_000, to: 13_020_000, asked: 10, result: 5, flags: [], conditions: [])
    recv.queued = 0
    append(made(recv, .read), Array("abc".utf8))
    writer.append(
      made(
        .wait(program, .epollWait, from: 13_021_000, to: 13_022_000, result: 1, timeout: nil), .epollPwait),
      WaitSets(readable: [socket]))
    append(made(.close(socket, .normal, from: 13_030_000, to: 13_031_000, unread: 0), .close))
    append(.output(program, at: 13_040_000, .error), Array("oh no\n".utf8))
    append(.signal(program, at: 13_050_000, process: 77, thread: 78, number: 10))
    append(.unseen(program, at: 13_060_000, process: 77, thread: 78, .ioUring))
    append(.lost(program, at: 13_070_000, calls: 2, .tooManyOpenFiles))
    append(.exitProgram(program, at: 13_080_000, process: 79, status: 3))
    append(.exitProgram(program, at: 13_090_000, process: 77, status: 0, signal: 9))
    wire()
    lesson()
  }

  private func lesson() {
    writer.append(
      .ask(at: 14_000_000, line: 2), AskedQuestion(text: "What\u{1b}?", choices: ["5", "all \"55\""]))
    writer.append(
      .answer(from: 14_000_000, to: 14_100_000, round: 1, choice: 2),
      CountedVotes(votes: [3, 12], chosen: "all 55"))
    writer.append(
      .answer(from: 14_200_000, to: 14_300_000, round: 2, choice: 1),
      CountedVotes(votes: [1, 0], chosen: "5"))
    writer.append(
      .reveal(connection, at: 14_400_000, line: 9, choice: 1),
      Revelation(measure: "recv #1", got: "5", reason: "It returns what is there.", right: "5"))
    writer.append(
      .reveal(connection, at: 14_500_000, line: 10, choice: nil),
      Revelation(measure: "recv #2", got: "7", reason: "Not so here.", right: nil))
  }

  /// What the wire carried, which comes late.
  private func wire() {
    let interface = writer.intern(address: "lo")
    func passed(_ socket: SocketID, _ way: Direction, at time: Nanoseconds, _ segment: Segment) {
      append(.segment(socket, way, at: time, segment, on: interface))
    }
    passed(
      client, .sent, at: 90_000, Segment(sequence: 0, length: 0, flags: .syn, window: 65_535))
    passed(
      client, .sent, at: 104_100,
      Segment(
        sequence: 1, acknowledgement: 1, length: 5, flags: [.psh, .ack], window: 65_536,
        marks: .retransmission))
    passed(
      connection, .sent, at: 104_200,
      Segment(acknowledgement: 6, length: 0, flags: .ack, window: 0, marks: [.zeroWindow]))
    passed(datagrams, .received, at: 10_900_000, Segment(length: 10, isDatagram: true))
  }
}
