import Glibc
import Sockets
import Traffic

/// Performs a lab on a thread of its own.
enum LabThread {
  /// - Parameters:
  ///   - pumpsInputTo: the session that standard input is sent on, after the last line.
  ///   - closesAtEnd: the session that is closed when its receiving side has ended, after everything else.
  ///   - unexpected: is told of each `expect` that does not hold; the lab goes on.
  ///   - done: is called when everything is said and sent, or when a line failed.
  /// - Returns: false if there was no thread to be had.
  static func start(
    _ lab: Lab, on manager: SessionManager, pumpsInputTo session: String? = nil, closesAtEnd: String? = nil,
    unexpected: @escaping @Sendable (String) -> Void, done: @escaping @Sendable (LabOutcome) -> Void
  ) -> Bool {
    Worker.start("lab") {
      let runner = LabRunner(manager)
      var outcome = perform(lab, runner, unexpected)
      if outcome.failure == nil, let session, case .failure(let failure) = runner.pumpInput(to: session) {
        outcome.failure = LabOutcome.Failure(line: nil, failure: failure)
      }
      if outcome.failure == nil, let closesAtEnd {
        let rest: [Command] = [
          .wait(closesAtEnd, .end, limit: DurationText.maximum), .close(closesAtEnd, isReset: false),
        ]
        outcome.failure =
          rest.lazy.compactMap { command in
            if case .failure(let failure) = runner.perform(command, line: 1) {
              LabOutcome.Failure(line: nil, failure: failure)
            } else {
              nil
            }
          }.first
      }
      if outcome.failure == nil, case .failure(let failure) = runner.finish() {
        outcome.failure = LabOutcome.Failure(line: nil, failure: failure)
      }
      if manager.run.hasFailures, !outcome.isUnexpected {
        outcome.isUnexpected = true
        unexpected("a burst did not keep to its `within`")
      }
      done(outcome)
    }
  }

  /// Performs the lines of a lab on the calling thread.
  static func perform(_ lab: Lab, _ runner: LabRunner, _ unexpected: (String) -> Void) -> LabOutcome {
    var outcome = LabOutcome()
    for line in lab.lines {
      switch runner.perform(line.command, line: line.number) {
      case .success: break
      case .failure(.unexpected(let message)):
        outcome.isUnexpected = true
        unexpected("line \(line.number): expect \(message)")
      case .failure(let failure):
        outcome.failure = LabOutcome.Failure(line: line, failure: failure)
        return outcome
      }
    }
    return outcome
  }
}
