import Sockets
import Traffic

/// The sessions that commands name.
extension CommandContext {
  /// The session with a name, once it is connected or accepted.
  func session(_ name: String, limit: Nanoseconds = LabRunner.patience) -> Result<
    SessionManager.Session, CommandFailure
  > {
    var found: SessionManager.Session?
    let isReady = journal.wait(limit: limit) {
      found = manager.session(named: name)
      return switch found {
      case .listener, .connection, .failed: true
      case .connecting: false
      case nil: !isExpected(name)
      }
    }
    switch found {
    case .failed(let failure): return .failure(.open(failure))
    case .listener, .connection: return .success(found!)  // matched just now
    case .connecting: return .failure(.timedOut("\(name) is still connecting"))
    case nil:
      return .failure(
        isReady ? .refused("there is no socket \(name)") : .timedOut("\(name) was not accepted"))
    }
  }

  /// True if a listener may still accept a connection of this name: `server.2`.
  private func isExpected(_ name: String) -> Bool {
    guard let dot = name.lastIndex(of: "."), Int(name[name.index(after: dot)...]) != nil else { return false }
    if case .listener(let listener) = manager.session(named: String(name[..<dot])) {
      return !listener.isClosed
    }
    return false
  }

  func connection(_ name: String, limit: Nanoseconds = LabRunner.patience) -> Result<
    Connection, CommandFailure
  > {
    session(name, limit: limit).flatMap { session in
      if case .connection(let connection) = session { return .success(connection) }
      return .failure(.refused("\(name) is a listener; its connections are \(name).1, \(name).2 …"))
    }
  }

  func listener(_ name: String) -> Result<Listener, CommandFailure> {
    session(name).flatMap { session in
      if case .listener(let listener) = session { return .success(listener) }
      return .failure(.refused("\(name) is no listener: only a listener accepts"))
    }
  }
}
