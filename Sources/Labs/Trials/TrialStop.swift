import Synchronization

/// Ends trials from another thread: the run under way where it is, and those that would come.
public final class TrialStop: Sendable {
  private struct State {
    var isStopped = false
    var runner: LabRunner?
  }

  private let state = Mutex(State())

  public init() {}

  public var isStopped: Bool { state.withLock { $0.isStopped } }

  /// Returns when nothing is open of the run under way.
  public func stop() {
    let runner = state.withLock { state in
      state.isStopped = true
      return state.runner
    }
    runner?.leaveLab()
  }

  /// - Returns: false if there is to be no further run.
  func begin(_ runner: LabRunner) -> Bool {
    state.withLock { state in
      if state.isStopped { return false }
      state.runner = runner
      return true
    }
  }

  func end() { state.withLock { $0.runner = nil } }
}
