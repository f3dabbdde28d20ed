import ArgumentParser
import CLinux
import Glibc
import Labs
import Sockets
import Traffic

/// `recvscope trials`: a lab many times, and how often each outcome came.
struct TrialsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trials", abstract: "Run a lab many times: how often did each outcome come?",
    discussion: """
      Counts what recv returned on each socket that the lab has an `expect` for (of a lesson without one, a `reveal`); that \
      the expectation failed is no error here. With --sweep the lab is run once for each size, and calls and bytes a second are shown.
      """)

  @OptionGroup var lab: LabArguments

  @Option(name: .customShort("n"), help: ArgumentHelp("How often (default 300).", valueName: "N"))
  var count = 300

  @Option(help: ArgumentHelp("Run once for each size of recv: recv=1,10,100,1k,64k", valueName: "recv=SIZES"))
  var sweep: String?

  @OptionGroup var playing: PlayingArguments

  @Flag(help: "JSON Lines.")
  var json = false

  @Flag(help: .hidden)
  var wire = false

  func run() throws {
    if wire {
      throw ValidationError(
        "--wire: trials count what recv returned, and show no segments; `recvscope run LAB --wire` does")
    }
    guard count >= 1 else { throw ValidationError("-n: expected 1 or more") }
    let lab = try self.lab.load()
    let sockets = lab.countedSockets
    guard !sockets.isEmpty else {
      throw ValidationError("the lab has no `expect`: there is no socket whose outcomes to count")
    }
    signal(SIGPIPE, SIG_IGN)
    _ = cl_install_interrupt()
    DescriptorLimit.raise()
    let stamping = Stamping()
    defer { withExtendedLifetime(stamping) {} }
    if let sweep {
      guard let sweep = Sweep(parsing: sweep) else {
        throw ValidationError(
          "--sweep: expected recv= and sizes with commas between them, such as recv=1,10,64k")
      }
      try run(lab, sockets, sweep)
    } else {
      try run(lab, sockets)
    }
  }

  private func run(_ lab: Lab, _ sockets: [String]) throws {
    var tally = Tally()
    var bar = ProgressBar(total: count)
    for done in 0..<count {
      bar.show(done)
      tally.add(try trial(lab, sockets, bar).result)
    }
    bar.show(count)
    try StandardOutput.write(json ? tally.json : tally.table(width: Self.columns))
  }

  private func run(_ lab: Lab, _ sockets: [String], _ sweep: Sweep) throws {
    var sweep = sweep
    var bar = ProgressBar(total: sweep.sizes.count)
    for (done, size) in sweep.sizes.enumerated() {
      bar.show(done)
      sweep.add(try trial(Sweep.lab(lab, size: size), sockets, bar).result, at: done)
    }
    bar.show(sweep.sizes.count)
    try StandardOutput.write(json ? sweep.json : sweep.table)
  }

  private func trial(_ lab: Lab, _ sockets: [String], _ bar: ProgressBar) throws -> Trial {
    let trial = Trial(lab, sockets: sockets, speed: playing.speed)
    if let failure = trial.failure {
      bar.clear()
      throw ExitCode(StandardError.say(failure.message(in: self.lab.lab), status: failure.status))
    }
    return trial
  }

  /// The terminal's width; 100 where there is none.
  private static var columns: Int {
    var size = winsize()
    return ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 100
  }
}
