import Sockets
import Synchronization
import Traffic
import Wire

extension CommandContext {
  /// Without the right to capture it says so, and everything else goes on.
  func wire(_ isOn: Bool) -> Result<Void, CommandFailure> {
    if !isOn {
      runner.endWire()
    } else if let sentence = runner.captureWire(), awaitsConnection {
      return .failure(.refused(sentence))
    }
    return .success(())
  }
}

extension LabRunner {
  /// Captures what passes on the ports of the run's sockets, if nothing does so yet.
  /// - Returns: why it could not; the journal has it too.
  public func captureWire() -> String? {
    let run = manager.run
    return wire.withLock { wire -> String? in
      if wire != nil { return nil }
      let clock = run.clock
      switch WireCapture.start(
        recordedIn: run.writer, now: { clock.now }, arrival: { clock.arrival(stamp: $0, before: $1) })
      {
      case .success(let capture):
        wire = capture
        run.followPorts { capture.follow(port: $0) }
        capture.followOpenSockets()
        return nil
      case .failure(let failure):
        run.mark(.none, failure.sentence)
        return failure.sentence
      }
    }
  }

  public var isCapturing: Bool { wire.withLock { $0 != nil } }

  /// Captures no more; returns when all that has passed is recorded.
  public func endWire() {
    let capture = wire.withLock { wire -> WireCapture? in
      defer { wire = nil }
      return wire
    }
    manager.run.followPorts(nil)
    capture?.stop()
  }
}
