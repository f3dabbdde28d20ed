import ArgumentParser
import Labs
import Reports
import Traffic

/// `recvscope handout`
struct HandoutCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "handout",
    abstract: "Write a lesson to take home: its questions, what happened here, why, and how to repeat it.",
    usage: "recvscope handout LESSON [-o FILE.html] [--blank] [--answers N,…]",
    discussion: """
      Plays the lesson, or a lab, without a screen, and writes one HTML file that needs nothing else and prints on A4. With \
      --blank it is an exercise sheet, for which nothing is played: boxes to tick, room to write, and no outcome anywhere.

        recvscope handout first-recv --blank -o sheet.html
        recvscope handout first-recv -o answers.html

      In the workbench, : handout FILE writes the hands of a class as well. Without -o the page goes to standard output. A \
      file that is there already stays as it is; a new one is the user's alone (0600).

      Exit status: 0 done; 1 an expect failed, or this kernel does otherwise than the lesson says: that is on the page; 2 \
      bad usage or lab; 3 a socket could not be opened, or a right is missing: no page is written then.
      """)

  @Argument(
    help: ArgumentHelp(
      "A lesson or lab: a file, or the name of one that ships, see `recvscope labs`.", valueName: "LESSON"))
  var lab: String

  @Option(
    name: [.short, .customLong("output")], help: ArgumentHelp("The file to make.", valueName: "FILE.html"))
  var output: String?

  @Flag(help: "An exercise sheet: blanks in place of outcomes.")
  var blank = false

  @Option(
    help: ArgumentHelp(
      "What the questions are answered, by the numbers of the choices: 2,1,3.", valueName: "N,…"),
    transform: WrittenAnswers.read)
  var answers: [Int] = []

  func run() throws {
    if blank, !answers.isEmpty { throw ValidationError("--blank: an exercise sheet has no answers") }
    let source = try LabText(named: lab)
    try WrittenAnswers.check(answers, source.lab)
    if let output, let obstacle = ExportFile.obstacle(output) {
      throw ExitCode(StandardError.say(SafeText.string(obstacle.description), status: 2))
    }
    var handout = source.handout
    if blank { return try write(handout) }
    var options = HeadlessOptions()
    (options.tellsSummary, options.file, options.answers) = (false, lab, answers)
    let run = HeadlessRun(source.lab, options)
    let status = run.run()
    guard run.isWhole else { throw ExitCode(status) }
    let clock = run.runner.manager.run.clock
    (handout.journal, handout.wall) = (run.runner.manager.run.journal, clock.wall)
    try write(handout)
    if status != 0 { throw ExitCode(status) }
  }

  private func write(_ handout: Handout) throws {
    if let output {
      if case .failure(let failure) = ExportFile.write(to: output, handout.write) {
        throw ExitCode(StandardError.say(SafeText.string(failure.description), status: 2))
      }
      return
    }
    try handout.write { try StandardOutput.write($0) }
  }
}
