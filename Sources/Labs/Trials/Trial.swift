import Sockets
import Traffic

/// One run of a lab, from its first line to its last, with sockets and a journal of its own. Nobody answers what a lesson asks.
public struct Trial: Sendable {
  /// Bytes of memory for the journal of a run.
  private static let memory = 64 << 20

  public private(set) var result = TrialResult()
  public private(set) var failure: LabOutcome.Failure?
  /// It was stopped before its end: it says nothing.
  public private(set) var isStopped = false
  public let journal: Journal
  /// The wall clock at its time 0.
  public let wall: Nanoseconds

  /// Plays the lab, closes everything, and looks at what was received. That an `expect` does not hold is no failure.
  /// - Parameters:
  ///   - sockets: those that are looked at.
  ///   - speed: how many times as fast bursts are played.
  ///   - stop: ends it before its end.
  public init(_ lab: Lab, sockets: [String], speed: Double, until stop: TrialStop = TrialStop()) {
    let manager = SessionManager(Run(memory: Self.memory, speed: speed))
    let runner = LabRunner(manager)
    (journal, wall) = (manager.run.journal, manager.run.clock.wall)
    guard stop.begin(runner) else {
      isStopped = true
      return
    }
    failure = runner.play(lab) { _ in }.failure
    if failure == nil, case .failure(let found) = runner.finish() {
      failure = LabOutcome.Failure(line: nil, failure: found)
    }
    runner.endWire()
    result = TrialResult(journal, sockets: sockets)
    isStopped = stop.isStopped
    manager.end()
    stop.end()
  }
}
