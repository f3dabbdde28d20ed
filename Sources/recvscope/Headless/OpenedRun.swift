import ArgumentParser
import Glibc
import Labs
import Recordings
import Reports
import Sockets
import Traffic

/// Prints a run that was recorded, as it was printed when it was there.
struct OpenedRun {
  private static let memory = 64 << 20

  let recording: Recording
  let journal: Journal
  /// Something was said to it.
  private let isSettled: Bool

  /// - Parameter lab: what is said to it first.
  /// - Throws: `ExitCode`, the reason said.
  init(_ path: String, saying lab: Lab) throws {
    isSettled = !lab.lines.isEmpty
    do {
      recording = try Recording(opening: path)
      journal = try recording.journal(limit: Self.memory)
      recording.onDamage { _ = StandardError.say(SafeText.string($0), status: 0) }
    } catch {
      throw ExitCode(StandardError.say(SafeText.string("\(error)"), status: 2))
    }
    let runner = LabRunner(
      SessionManager(Run(recorded: journal, wall: recording.wall)), origin: recording.origin)
    for line in lab.lines {
      guard case .failure(let failure) = runner.perform(line.command, line: line.number) else { continue }
      let told = LabOutcome.Failure(line: line, failure: failure)
      throw ExitCode(StandardError.say(told.message(in: nil), status: told.status))
    }
  }

  /// Of the program that recorded it.
  var version: String { recording.origin.program }

  /// Its time 0, in nanoseconds since 1970.
  var wall: Nanoseconds { recording.wall }

  /// What is missing in it, a sentence each.
  var missing: [String] { RecordingStory(recording).missing }

  /// - Returns: the exit status: 0, or 1 if something is missing, which is said first.
  func print(_ options: HeadlessOptions) -> Int32 {
    let signals = Signals()
    let missing = missing
    for sentence in missing { _ = StandardError.say(sentence, status: 0) }
    var printer = Printer(
      journal, options.format, shown: options.shown, filter: options.filter,
      showsEvicted: options.showsEvicted,
      showsMessages: options.showsMessages, isSettled: isSettled)
    printer.stopAtEnd()
    var output = StandardOutput()
    // What was held for its cause is not waited for: nothing more comes.
    var now: Nanoseconds = 0
    while true {
      now += 1_000_000_000
      output.fill(from: &printer, at: now)
      if let failure = output.failure {
        return failure == .brokenPipe ? 0 : StandardOutput.tell(failure)
      }
      if output.isEmpty, printer.isAtEnd, !printer.isHolding { break }
      var entries = [
        pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: output.isEmpty ? -1 : STDOUT_FILENO, events: Int16(POLLOUT), revents: 0),
      ]
      poll(&entries, 2, output.isEmpty ? 0 : -1)
      if entries[1].revents != 0 { output.writePiece() }
      if let signal = signals.next() { return 128 + signal }
    }
    if options.format == nil {
      StandardError.write(Summary(journal, time: journal.summary.latest).text)
    }
    return missing.isEmpty && !recording.isDamaged ? 0 : 1
  }
}
