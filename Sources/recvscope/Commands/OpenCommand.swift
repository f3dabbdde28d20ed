import ArgumentParser
import CLinux
import Glibc
import Labs
import Recordings
import Screens
import Sockets
import Traffic

/// `recvscope open`: the workbench on a run that was recorded.
struct OpenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "Open a recording in the workbench.",
    discussion: """
      A recording is made by --record FILE of every command, by `record FILE` in a lab or at the prompt (key D), and by \
      `save FILE`. It is shown as if it were live: search, filters, messages, lanes and statistics go on over all of it; \
      nothing can be opened or sent. What is missing in it is said first.

      Without a screen: recvscope run --open FILE [--json …] prints what the live run printed.
      """)

  @Argument(help: ArgumentHelp("The recording.", valueName: "FILE"))
  var file: String

  @OptionGroup var screen: ScreenArguments

  @OptionGroup var looking: LookingArguments

  func run() throws {
    let looks = try looking.load()
    let recording: Recording
    let journal: Journal
    do {
      recording = try Recording(opening: file)
      journal = try recording.journal(limit: 64 << 20)
    } catch {
      throw ExitCode(StandardError.say(SafeText.string("\(error)"), status: 2))
    }
    let options = try screen.options(bursts: [])
    let missing = RecordingStory(recording).missing
    signal(SIGPIPE, SIG_IGN)
    let runner = LabRunner(
      SessionManager(Run(recorded: journal, wall: recording.wall)), givesTerminals: true,
      origin: recording.origin)
    var run = WorkbenchRun(runner)
    run.title = "\(file.split(separator: "/").last.map(String.init) ?? file), recorded"
    run.opened = recording
    run.start = { tell in
      recording.onDamage { tell(.answered($0)) }
      for line in looks.lines {
        runner.say(line.command) {
          if case .failure(let failure) = $0 { tell(.answered(failure.message)) }
        }
      }
      if !missing.isEmpty { tell(.answered(missing.joined(separator: "; "))) }
    }
    run.end = { _ = runner.endRecording(status: 0) }
    let bench = Bench(run, limit: options.configuration.memory ?? 256 << 20)
    throw ExitCode(bench.leave(status: Workbench.run(bench, options)))
  }
}
