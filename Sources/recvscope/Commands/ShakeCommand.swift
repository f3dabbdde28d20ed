import ArgumentParser
import Glibc
import Labs
import Reports
import Synchronization
import Traffic

/// `recvscope shake`
struct ShakeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shake", abstract: "Find the cut that breaks a parser, and prove that it was delivered.",
    usage: """
      recvscope shake --send BURST|--from FILE:SOCKET [options] -- COMMAND ARGS…
             recvscope shake --send BURST --to ADDRESS [options] [-- COMMAND ARGS…]
             recvscope shake --reply BURST --listen ADDRESS [options] -- CLIENT ARGS…
      """,
    discussion: """
      Does a server survive its input cut anywhere? The message is sent once for each cut, each time on a connection of its \
      own: its first part, then, when the server's own recv calls have returned exactly these bytes, the rest. The answer must \
      be that of the uncut message.

        recvscope shake --send '"[1,2]"' --frame json -- python3 server.py
        recvscope shake --send '"PING\\r\\n" wait "QUIT\\r\\n"' -- ./server 9000
        recvscope shake --send @get.txt --frame http -- nginx -c my.conf

      For CI: --junit writes a test case for each cut, and --lab the smallest bad \
      case as a lab, which fails until the server is mended:

        recvscope shake --send @get.txt --lab bad.lab -- ./server 9000
        recvscope run bad.lab

      What is sent is a burst: "TEXT", 0x0d0a, @FILE, 'raw "text"'; docs/LABS.md \
      has the rest. Without a port in the command it is learned from listen().

      The strip has a cell for each offset: · the same answer, D another one, S silence, C closed, R reset, N refused, ! a \
      crash, ~ not each time, ? not proven. The exit status is 0 if nothing was found, 1 if something was, 3 if the command does not start or does not listen, 4 if the uncut \
      message is not always answered alike, or a cut could not be proven.
      """)

  @Option(
    help: ArgumentHelp(
      "What is sent: a burst; `wait` in it waits for an answer, @FILE is a file.", valueName: "BURST"))
  var send: String?

  @Option(
    help: ArgumentHelp(
      "What a socket sent in a run that was recorded, by --record or as --json.", valueName: "FILE:SOCKET"))
  var from: String?

  @Option(
    help: ArgumentHelp(
      "Talk to this address, which the command listens at, or which is not watched.", valueName: "ADDRESS"))
  var to: String?

  @Option(help: ArgumentHelp("Cut what a client receives, which connects here.", valueName: "ADDRESS"))
  var listen: String?

  @Option(help: ArgumentHelp("What the client gets.", valueName: "BURST"))
  var reply: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "all (default), pairs (any two places), every N bytes, at K,K (each alone; K+K both at once), random N, edges (of the framing).",
      valueName: "CUTS"))
  var cuts: [String] = []

  @Option(help: ArgumentHelp("Decides what is random.", valueName: "N"))
  var seed: UInt64 = 1

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "The message's framing: names what stands at a cut. json, http, newline, crlf, resp, websocket, mqtt, length:u16be …",
      valueName: "FRAMING"))
  var frame: [String] = []

  @Flag(help: "The answer must be that of the uncut message (the default).")
  var same = false

  @Option(
    help: ArgumentHelp("The answer must have this in it: \"TEXT\", 0xHEX, /REGEX/.", valueName: "PATTERN"))
  var expect: String?

  @Option(help: ArgumentHelp("Leave out of answers what changes; may be given again.", valueName: "/REGEX/"))
  var ignore: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "When an answer is complete: bytes N, message, end, quiet D (default message with --frame, else quiet 100ms).",
      valueName: "RULE"))
  var until: [String] = []

  @Option(help: ArgumentHelp("Runs of the uncut message.", valueName: "N"))
  var control = 3

  @Option(help: ArgumentHelp("Runs more of a cut that is not the same.", valueName: "N"))
  var again = 3

  @Option(help: ArgumentHelp("Connections at a time.", valueName: "N"))
  var jobs = 1

  @Option(
    help: ArgumentHelp("Start the command again: crash, each, never.", valueName: "WHEN"))
  var restart = ShakeOrder.Restart.crash

  @Option(help: ArgumentHelp("How long an answer may take (default 1s).", valueName: "D"))
  var within: Duration?

  @Flag(help: "JSON Lines: a `cut` for each.")
  var json = false

  @Option(help: ArgumentHelp("Write a report for CI.", valueName: "FILE"))
  var junit: String?

  @Option(help: ArgumentHelp("Write the smallest case as a lab.", valueName: "FILE"))
  var lab: String?

  @Option(help: ArgumentHelp("Memory for the journal.", valueName: "SIZE"))
  var memory = Size(bytes: 256 << 20)

  @Flag(name: .customLong("udp"), help: .hidden) var isUDP = false
  @Flag(name: .customLong("seqpacket"), help: .hidden) var isSeqpacket = false
  @Flag(name: .customLong("unix-dgram"), help: .hidden) var isUnixDatagram = false

  @Argument(
    parsing: .postTerminator, help: ArgumentHelp("The program and its arguments.", valueName: "COMMAND"))
  var words: [String] = []

  func run() throws {
    let order = try self.order()
    var options = HeadlessOptions()
    options.format = json ? JSONLines(version: recvscopeVersion, encoding: .base64) : nil
    options.shown = [.shake, .cut]
    options.tellsSummary = false
    options.memory = memory.bytes
    let bar = Mutex<ProgressBar?>(nil)
    options.progress = { runner in
      guard let state = runner.shake?.state, let report = state.report else { return }
      bar.withLock { bar in
        if state.isReducing {
          bar?.say("looking for the smallest case")
          return
        }
        if bar == nil { bar = ProgressBar(total: report.start.total) }
        bar?.show(report.done)
      }
    }
    let run = HeadlessRun(
      Lab(lines: [Lab.Line(number: 1, text: "shake \(order.text)", command: .shake(order))]), options)
    let files = try [junit, lab].map { path in try path.map(ReportFile.init) }
    var status = run.run()
    guard let shake = run.runner.shake else { throw ExitCode(status) }
    shake.stop()
    bar.withLock { $0?.clear() }
    let state = shake.state
    if let report = state.report {
      if !json { try StandardOutput.write(ShakeText(report, smallest: state.smallest).text) }
      try files[0]?.write(ShakeJUnit(report, duration: run.runner.manager.run.clock.now).text)
      if status == 0 { status = report.status }
    }
    try files[1]?.write(shake.lab ?? "")
    throw ExitCode(status)
  }

  private func order() throws -> ShakeOrder {
    for (isAsked, kind) in [
      (isUDP, SocketKind.udp), (isSeqpacket, .seqpacket), (isUnixDatagram, .unixDatagram),
    ]
    where isAsked { throw ValidationError(ShakeOrder.Target.noStream(kind)) }
    let isReply = reply != nil
    guard [send, from, reply].compactMap({ $0 }).count == 1 else {
      throw ValidationError("expected one of --send BURST, --from FILE:SOCKET, --reply BURST")
    }
    let target: ShakeOrder.Target
    do {
      target = try ShakeOrder.Target(
        words, to: try parsed("--to", to) { text throws(SyntaxError) in try AddressText(parsing: text) },
        listen: try parsed("--listen", listen) { text throws(SyntaxError) in try AddressText(parsing: text) },
        isReply: isReply)
    } catch let mistake as ShakeOrder.Target.Mistake {
      throw ValidationError(mistake.sentence)
    }
    var order = ShakeOrder(target, try dialogue())
    if let cuts = try parsed("--cuts", cuts, { text throws(SyntaxError) in try CutChoice(parsing: text) }) {
      order.cuts = cuts
    }
    order.framing = try parsed("--frame", frame) { text throws(SyntaxError) in try Framing(parsing: text) }
    order.pattern = try parsed("--expect", expect) { text throws(SyntaxError) in try Pattern(parsing: text) }
    order.until = try parsed("--until", until) { text throws(SyntaxError) in try AnswerEnd(parsing: text) }
    _ = try parsed("--ignore", ignore.first) { _ throws(SyntaxError) in try AnswerBlanks(parsing: ignore) }
    if same, order.pattern != nil { throw ValidationError("either --same or --expect") }
    if order.until == .message, order.framing == nil {
      throw ValidationError("--until message: --frame says where a message ends")
    }
    guard (1...1000).contains(control) else { throw ValidationError("--control: expected 1 to 1000") }
    guard (0...1000).contains(again) else { throw ValidationError("--again: expected 0 to 1000") }
    guard (1...64).contains(jobs) else { throw ValidationError("--jobs: expected 1 to 64") }
    order.ignored = ignore
    (order.seed, order.control, order.again, order.jobs) = (seed, control, again, jobs)
    order.restart = restart
    order.reduces = !json || lab != nil
    if let within { order.limit = within.nanoseconds }
    return order
  }

  private func dialogue() throws -> Dialogue {
    if let from {
      guard let dialogue = Dialogue(recorded: from) else {
        throw ValidationError("--from: expected a recording and a socket in it, such as run.rscope:client")
      }
      return dialogue
    }
    // One of the two is there, or `order` had thrown.
    return try parsed(send == nil ? "--reply" : "--send", send ?? reply) { text throws(SyntaxError) in
      try Dialogue(parsing: text)
    }!
  }

  private func parsed<Value>(
    _ option: String, _ words: [String], _ parse: (String) throws(SyntaxError) -> Value
  ) throws -> Value? {
    try parsed(option, words.isEmpty ? nil : words.joined(separator: " "), parse)
  }

  private func parsed<Value>(
    _ option: String, _ text: String?, _ parse: (String) throws(SyntaxError) -> Value
  ) throws -> Value? {
    guard let text else { return nil }
    do throws(SyntaxError) {
      return try parse(text)
    } catch {
      throw ExitCode(StandardError.say("\(option): \(error.rendered(in: nil))", status: 2))
    }
  }
}

extension ShakeOrder.Restart: ExpressibleByArgument {}
