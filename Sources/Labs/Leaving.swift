import Sockets
import Synchronization
import Traffic

/// Ends waiting when a lab is left before its end.
final class Leaving: Sendable {
  private struct State {
    var isLeft = false
    /// Of those who wait.
    var bells: [ObjectIdentifier: Bell] = [:]
  }

  private let state = Mutex(State())

  var isLeft: Bool { state.withLock { $0.isLeft } }

  func leave() {
    let bells = state.withLock { state in
      state.isLeft = true
      return Array(state.bells.values)
    }
    for bell in bells { bell.ring() }
  }

  /// Has the bell rung when the lab is left, while `body` runs.
  func ringing<Result>(_ bell: Bell, _ body: () -> Result) -> Result {
    state.withLock { $0.bells[ObjectIdentifier(bell)] = bell }
    defer { state.withLock { $0.bells[ObjectIdentifier(bell)] = nil } }
    return body()
  }
}

extension LabRunner {
  /// Waits until a condition on the journal holds; see `Journal.wait`. Not true either where the lab is left meanwhile.
  func wait(
    limit: Nanoseconds, for kinds: RecordKinds = .all, on socket: SocketID? = nil, bell: Bell = Bell(),
    until condition: () -> Bool
  ) -> Bool {
    leaving.ringing(bell) {
      manager.run.journal.wait(limit: limit, for: kinds, on: socket, bell: bell) {
        leaving.isLeft || condition()
      } && !leaving.isLeft
    }
  }

  /// The lab that is played, and every command that waits, ends where it is; what is open is closed. Returns when all is.
  public func leaveLab() {
    leaving.leave()
    audience.leave()
    shake?.stop()
    manager.end()
    endWire()
  }
}
