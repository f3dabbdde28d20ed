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
    options.offersLabs = self.lab.lab == nil && self.lab.lines.isEmpty
    let bench = Bench(
      lab, named: self.lab.lab, limit: limit, speed: playing.speed, wire: wire, record: record)
    throw ExitCode(bench.leave(status: Workbench.run(bench, options)))
  }
}
