import ArgumentParser
import CLinux
import Glibc
import Labs
import Recordings
import Screens
import Sockets
import Traffic

/// `recvscope [LAB]`: the workbench.
struct WorkbenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "workbench", abstract: "Open the workbench (the default).",
    usage: "recvscope [LAB] [-e LINE]...")

  @OptionGroup var lab: LabArguments

  @Flag(help: "Record the segments on the wire too, beside the calls (needs CAP_NET_RAW).")
  var wire = false

  @Option(help: ArgumentHelp("Keep the run in a new file: see `recvscope help open`.", valueName: "FILE"))
  var record: String?

  @OptionGroup var screen: ScreenArguments

  @Option(
    help: ArgumentHelp(
      "Memory for the journal (default 256M); the oldest payloads go first.", valueName: "SIZE"))
  var memory: Size?

  @OptionGroup var playing: PlayingArguments

  func run() throws {
    let lab = try self.lab.load()
    var options = try screen.options(bursts: lab.definitions)
    signal(SIGPIPE, SIG_IGN)
    _ = cl_install_interrupt()
    DescriptorLimit.raise()
    let stamping = Stamping()
    defer { withExtendedLifetime(stamping) {} }
    let limit = memory?.bytes ?? options.configuration.memory ?? 256 << 20
    let manager = SessionManager(Run(memory: limit, speed: playing.speed))
    let runner = LabRunner(manager, givesTerminals: true, origin: .here(lab))
    options.kernelState = manager.kernelState(of:)
    options.playing = { manager.playing }
    options.waiting = manager.waiting(atLeast:)
    options.isShaking = { runner.shake?.isOver == false }
    options.isCapturing = { runner.isCapturing }
    options.stopShaking = { runner.shake?.stop() }
    options.sizeOfOutput = { runner.terminalSize = WindowSize(rows: $0, columns: $1) }
    options.recording = { runner.recording.map { RecordingSign($0.path, $0.state) } }
    let record = record
    options.whenReady = { say in
      if let record, case .failure(let failure) = runner.record(record) { say(failure.description) }
      if wire, case .failure(let failure) = runner.captureWire() { say(failure.sentence) }
      let isPlaying = LabThread.start(lab, by: runner, unexpected: say) { outcome in
        if let failure = outcome.failure { say(failure.message(in: self.lab.lab)) }
      }
      if !isPlaying { say("pthread_create: the lab cannot be played") }
    }
    let title = self.lab.lab.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
    let status = Workbench.run(
      journal: manager.run.journal, perform: Self.perform(by: runner), title: title ?? "", options: options)
    manager.removeSocketFiles()
    runner.leave()
    throw ExitCode(runner.endRecording(status: status))
  }

  static func perform(by runner: LabRunner) -> Workbench.Perform {
    { command, done in
      runner.say(command) { result in
        switch result {
        case .success: done(nil)
        case .failure(let failure): done(failure.message)
        }
      }
    }
  }
}
