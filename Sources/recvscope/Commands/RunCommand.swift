import ArgumentParser
import Labs
import Traffic

/// `recvscope run`: a lab without a screen.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run a lab without a screen: one line a record.",
    discussion: """
      Ends after the lab's last line, when its bursts are done. Exit status: 0 done, 1 an expect failed, 2 bad usage, \
      lab or burst, 3 a socket could not be opened, 130 on Ctrl-C (128 and the number of a signal).
      """)

  @OptionGroup var lab: LabArguments
  @OptionGroup var playing: PlayingArguments
  @OptionGroup(title: "Output") var output: OutputArguments

  @Flag(help: "Go on after the last line, until everything has closed.")
  var stay = false

  @Option(
    help: ArgumentHelp("Print a run that was recorded instead: see `recvscope help open`.", valueName: "FILE")
  )
  var open: String?

  @Option(
    help: ArgumentHelp(
      "What a lesson's questions are answered, by the numbers of the choices: 2,1,3. Without, it asks nobody.",
      valueName: "N,…"),
    transform: WrittenAnswers.read)
  var answers: [Int] = []

  func run() throws {
    if let open {
      guard lab.lab == nil, !stay, output.record == nil, !output.wire,
        output.duration == nil
      else {
        throw ValidationError(
          "--open prints what was recorded: nothing is run, so it takes no lab and nothing that runs one; -e takes what looks, such as frame"
        )
      }
      let opened = try OpenedRun(open, saying: try lab.load())
      throw ExitCode(opened.print(try output.headlessOptions(version: opened.version)))
    }
    var options = try output.headlessOptions()
    options.stays = stay
    options.speed = playing.speed
    options.file = lab.lab
    let lab = try lab.load()
    guard !lab.lines.isEmpty else {
      throw ValidationError("nothing to run: name a LAB, or give lines with -e")
    }
    try WrittenAnswers.check(answers, lab)
    options.answers = answers
    throw ExitCode(HeadlessRun(lab, options).run())
  }
}
