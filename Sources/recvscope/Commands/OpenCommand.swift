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

  func run() throws {
    let recording: Recording
    let journal: Journal
    do {
      recording = try Recording(opening: file)
      journal = try recording.journal(limit: 64 << 20)
    } catch {
      throw ExitCode(StandardError.say(SafeText.string("\(error)"), status: 2))
    }
    var options = try screen.options(bursts: [])
    options.opened = recording
    let missing = RecordingStory(recording).missing
    options.whenReady = { say in
      recording.onDamage(say)
      if !missing.isEmpty { say(missing.joined(separator: "; ")) }
    }
    signal(SIGPIPE, SIG_IGN)
    let runner = LabRunner(
      SessionManager(Run(recorded: journal, wall: recording.wall)), givesTerminals: true,
      origin: recording.origin)
    let name = file.split(separator: "/").last.map(String.init) ?? file
    throw ExitCode(
      Workbench.run(
        journal: journal, perform: WorkbenchCommand.perform(by: runner), title: "\(name), recorded",
        options: options))
  }
}
