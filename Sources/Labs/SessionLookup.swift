import Sockets
import Traffic

/// The sessions that commands name.
extension CommandContext {
  /// The session with a name, once it is connected or accepted.
  func session(_ name: String, limit: Nanoseconds = LabRunner.patience) -> Result<
    SessionManager.Session, CommandFailure
  > {
    var found: SessionManager.Session?
    let isReady = runner.wait(limit: limit) {
      found = manager.session(named: name) ?? watched(name)
      return switch found {
      case .open, .failed, .closed: true
      case .connecting: false
      case nil: !isExpected(name)
      }
    }
    switch found {
    case .failed(let failure): return .failure(.open(failure))
    case .open, .closed: return .success(found!)  // matched just now
    case .connecting: return .failure(.timedOut("\(name) is still connecting"))
    case nil:
      return .failure(
        isReady ? .refused("there is no socket \(name)") : .timedOut("\(name) was not accepted"))
    }
  }

  /// True if a listener may still accept a connection of this name: `server.2`.
  private func isExpected(_ name: String) -> Bool {
    if program(of: name)?.isClosed == false { return true }
    guard let name = AcceptedName(name), case .open(let listener) = manager.session(named: name.listener)
    else { return false }
    return listener.accepts && !listener.isClosed
  }

  /// A connection, and its id in the journal if that still knows it; the connection is nil if it is closed.
  func anyConnection(_ name: String, limit: Nanoseconds = LabRunner.patience) -> Result<
    (id: SocketID?, connection: Connection?), CommandFailure
  > {
    session(name, limit: limit).flatMap { session in
      switch session {
      case .open(let open):
        if let connection = open as? Connection { return .success((connection.id, connection)) }
        return .failure(.refused(refusal(of: open)))
      case .closed(let closed) where !closed.isListener: return .success((closed.id, nil))
      case .closed, .connecting, .failed: return .failure(.refused(isListener(name)))
      }
    }
  }

  func connection(_ name: String) -> Result<Connection, CommandFailure> {
    anyConnection(name).flatMap { found in
      found.connection.map { .success($0) } ?? .failure(.refused("\(name) is closed"))
    }
  }

  func listener(_ name: String) -> Result<Listener, CommandFailure> {
    session(name).flatMap { session in
      switch session {
      case .open(let listener as Listener): return .success(listener)
      case .closed(let closed) where closed.isListener: return .failure(.refused("\(name) is closed"))
      case .open, .closed, .connecting, .failed:
        return .failure(.refused("\(name) is no listener: only a listener accepts"))
      }
    }
  }

  /// Something that is open.
  func opened(_ name: String) -> Result<any OpenSession, CommandFailure> {
    session(name).flatMap { session in
      if case .open(let open) = session { return .success(open) }
      return .failure(.refused("\(name) is closed"))
    }
  }

  /// Why nobody but its own loop receives there or sends.
  private func refusal(of open: any OpenSession) -> String {
    if case .refused(let reason) = notOurs(open) { return reason }
    return open.accepts ? isListener(open.name) : isRelayed(open.name)
  }

  /// Refuses what only recvscope's own sockets do.
  func notOurs(_ open: any OpenSession) -> CommandFailure? {
    open is WatchedProgram || open is WatchedSocket
      ? .refused("\(open.name): \(WatchedProgram.notOurs)") : nil
  }

  func isListener(_ name: String) -> String {
    "\(name) is a listener; its connections are \(name).1, \(name).2 …"
  }

  func isRelayed(_ name: String) -> String {
    "the relay calls recv and send on \(name); hold and release let you step in"
  }
}
