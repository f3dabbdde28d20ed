import Recordings
import Sockets
import Synchronization
import Traffic

extension CommandContext {
  func record(_ path: String) -> Result<Void, CommandFailure> {
    runner.record(path).mapError { .refused($0.description) }
  }

  /// What is missing in the file is said.
  func endRecording() -> Result<Void, CommandFailure> {
    switch runner.endRecording() {
    case nil: .failure(.refused("record stop: nothing is being recorded"))
    case let ended?: ended.mapError { .refused($0.description) }
    }
  }

  func save(_ path: String) -> Result<Void, CommandFailure> {
    Recorder.save(path, journal, runner.origin, wall: run.clock.wall, at: run.clock.now)
      .mapError { .refused($0.description) }
  }
}

extension LabRunner {
  /// Records the run in a file, from the oldest record that is held on.
  public func record(_ path: String) -> Result<Void, RecordingFailure> {
    let run = manager.run
    return recorder.withLock { recorder in
      if let recorder, !recorder.current.isOver { return .failure(.busy(path, with: recorder.path)) }
      return Recorder.start(
        path, run.journal, origin, wall: run.clock.wall, now: { run.clock.now },
        say: { run.mark(.none, $0) }
      ).map { recorder = $0 }
    }
  }

  /// What comes from a record on is not recorded.
  public func endRecording(before sequence: Int) { recorder.withLock { $0?.end(before: sequence) } }

  /// Ends the recording; returns when the file is whole.
  /// - Returns: what is missing in it; nil if nothing was being recorded.
  public func endRecording() -> Result<Void, RecordingFailure>? {
    // Others may ask how it stands while its last records are written.
    guard let recorder = recorder.withLock({ $0 }), !recorder.current.isOver else { return nil }
    return recorder.stop()
  }

  /// What is being recorded, and how it stands.
  public var recording: (path: String, state: Recorder.State)? {
    recorder.withLock { $0 }.flatMap { $0.current.isOver ? nil : ($0.path, $0.current) }
  }
}
