import Sockets
import Synchronization
import Traffic
import Wire

extension CommandContext {
  func wire(_ isOn: Bool) -> Result<Void, CommandFailure> {
    if isOn { return runner.captureWire().mapError(CommandFailure.notCaptured) }
    runner.endWire()
    return .success(())
  }
}

extension LabRunner {
  /// Captures what passes on the ports of the run's sockets, if nothing does so yet. A mark says where.
  public func captureWire() -> Result<Void, WireFailure> {
    let run = manager.run
    return wire.withLock { wire in
      if wire != nil { return .success(()) }
      let clock = run.clock
      return WireCapture.start(
        recordedIn: run.writer, now: { clock.now }, arrival: { clock.arrival(stamp: $0, before: $1) }
      ).map { capture in
        wire = capture
        run.mark(.none, "wire on: \(WireCapture.interfaces)")
        run.followPorts { capture.follow(port: $0) }
        capture.followOpenSockets()
      }
    }
  }

  public var isCapturing: Bool { wire.withLock { $0 != nil } }

  /// Captures no more; returns when all that has passed is recorded. A mark says so.
  public func endWire() {
    let capture = wire.withLock { wire -> WireCapture? in
      defer { wire = nil }
      return wire
    }
    guard let capture else { return }
    manager.run.followPorts(nil)
    capture.stop()
    manager.run.mark(.none, "wire off")
  }
}
