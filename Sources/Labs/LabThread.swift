import Sockets
import Traffic

/// Performs a lab on a thread of its own.
public enum LabThread {
  /// - Parameters:
  ///   - pumpsInputTo: the session that standard input is sent on, after the last line.
  ///   - closesAtEnd: the session that is closed when its receiving side has ended, after everything else.
  ///   - reached: is told before each line which one it is, by its place, and after the last one.
  ///   - unexpected: is told of each `expect` that does not hold; the lab goes on.
  ///   - done: is called when everything is said and sent, or when a line failed.
  /// - Returns: false if there was no thread to be had.
  public static func start(
    _ lab: Lab, by runner: LabRunner, pumpsInputTo session: String? = nil, closesAtEnd: String? = nil,
    reached: @escaping @Sendable (Int) -> Void = { _ in },
    unexpected: @escaping @Sendable (String) -> Void, done: @escaping @Sendable (LabOutcome) -> Void
  ) -> Bool {
    Worker.start("lab") {
      var outcome = runner.play(lab, reached: reached, unexpected: unexpected)
      if outcome.failure == nil, case .failure(let failure) = end(runner, session, closesAtEnd) {
        outcome.failure = LabOutcome.Failure(line: nil, failure: failure)
      }
      if runner.manager.run.hasFailures, !outcome.isUnexpected {
        outcome.isUnexpected = true
        unexpected("a burst's `within`, or an `expect` that a rule did, did not hold")
      }
      done(outcome)
    }
  }

  /// What comes after the last line.
  private static func end(_ runner: LabRunner, _ session: String?, _ closesAtEnd: String?) -> Result<
    Void, CommandFailure
  > {
    do {
      if let session { try runner.pumpInput(to: session).get() }
      if let closesAtEnd {
        try runner.perform(.wait(closesAtEnd, .end, limit: DurationText.maximum), line: 1).get()
        try runner.perform(.close(closesAtEnd, isReset: false), line: 1).get()
      }
      return runner.finish()
    } catch {
      return .failure(error)
    }
  }
}
