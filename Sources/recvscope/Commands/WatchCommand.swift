import ArgumentParser
import Glibc
import Traffic

/// `recvscope watch`
struct WatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch", abstract: "Start a program, or attach to one, and print its socket calls.",
    usage: "recvscope watch [options] -- COMMAND ARGS…\n       recvscope watch [options] --pid N",
    discussion: """
      What did HER recv return? Each recv, send, accept, connect, close … of the program, of its threads and of its children \
      is a line as for our own sockets. What it writes is told as `output`.

        recvscope watch -- python3 server.py 9000
        recvscope watch --json --where 'event=recv' -- curl http://localhost/
        recvscope watch --passthrough --output calls.txt -- redis-cli
        recvscope watch --pid 4711

      A program that is started here ends with recvscope, unless it was started with --detachable. The exit status is that \
      of the program, or 128 and the signal that ended it.
      """)

  @Option(help: ArgumentHelp("Attach to this process.", valueName: "N"))
  var pid: Int32?

  @Option(
    name: .customLong("as"), help: ArgumentHelp("Its name; its sockets are NAME.fd5.", valueName: "NAME"))
  var name: String = "app"

  @Flag(name: .customLong("no-follow"), help: "Leave out its children.")
  var leavesOutChildren = false

  @Flag(
    name: .customLong("no-io-uring"), help: "io_uring_setup() fails, so that programs fall back to calls.")
  var refusesIOUring = false

  @Flag(help: "Every call stops, and the program may be left running.")
  var detachable = false

  @Option(
    name: .customLong("env"),
    help: ArgumentHelp("Set in its environment; may be given again.", valueName: "K=V"))
  var environment: [String] = []

  @Option(name: .customLong("dir"), help: ArgumentHelp("Where it runs.", valueName: "PATH"))
  var directory: String?

  @Flag(help: "Its standard output and error are a terminal of its own; else they are pipes.")
  var tty = false

  @Flag(help: "It keeps standard output and error; our lines go to standard error, or to --output.")
  var passthrough = false

  @Option(name: .customLong("output"), help: ArgumentHelp("Our lines go to this file.", valueName: "FILE"))
  var file: String?

  @OptionGroup(title: "Output") var output: OutputArguments

  @Argument(
    parsing: .postTerminator, help: ArgumentHelp("The program and its arguments.", valueName: "COMMAND"))
  var words: [String] = []

  func run() throws {
    var options = try output.headlessOptions()
    options.stays = true
    options.exitsAs = name
    var order = WatchOrder(try target())
    order.name = name
    order.follows = !leavesOutChildren
    order.refusesIOUring = refusesIOUring
    order.isDetachable = detachable
    order.environment = environment
    order.directory = directory
    order.usesTerminal = tty
    order.keepsTerminal = passthrough
    order.keepsInput = true
    try redirect(&order)
    throw ExitCode(
      HeadlessRun(
        Lab(lines: [Lab.Line(number: 1, text: "watch \(order.text)", command: .watch(order))]), options
      ).run())
  }

  private func target() throws -> WatchOrder.Target {
    switch (pid, words.isEmpty) {
    case (let process?, true):
      if refusesIOUring || !environment.isEmpty || directory != nil || passthrough || tty {
        throw ValidationError("a process that runs has its environment and its output, and takes no filter")
      }
      return .process(process)
    case (nil, false):
      if passthrough, tty {
        throw ValidationError("either --tty or --passthrough: a terminal of its own, or what we have")
      }
      if detachable, refusesIOUring {
        throw ValidationError("--no-io-uring needs the filter that --detachable does without")
      }
      return .command(words)
    case (_?, false): throw ValidationError("either --pid or a command, not both")
    case (nil, true): throw ValidationError("nothing to watch: recvscope watch -- COMMAND ARGS…, or --pid N")
    }
  }

  /// Puts our lines where they are to go, and keeps standard output for the program.
  private func redirect(_ order: inout WatchOrder) throws {
    if passthrough { order.output = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 10) }
    if let file {
      let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else {
        throw ExitCode(StandardError.say("--output \(file): \(String(cString: strerror(errno)))", status: 2))
      }
      dup2(descriptor, STDOUT_FILENO)
      close(descriptor)
    } else if passthrough {
      dup2(STDERR_FILENO, STDOUT_FILENO)
    }
  }
}
