import CLinux
import Sockets
import Traffic

extension CommandContext {
  /// Lets time pass.
  func pause(_ duration: Nanoseconds) -> Result<Void, CommandFailure> {
    let end = cl_monotonic() + duration
    let bell = Bell()
    runner.leaving.ringing(bell) {
      while cl_monotonic() < end, !runner.leaving.isLeft { bell.wait(until: end) }
    }
    return .success(())
  }

  /// Waits until something holds of a connection.
  func wait(_ name: String, _ condition: WaitCondition, limit: Nanoseconds) -> Result<Void, CommandFailure> {
    leaveOrder()
    if name.contains("*") { return waitForAny(name, condition, limit: limit) }
    return session(name, limit: limit).flatMap { session in
      if condition == .listening || condition == .exited {
        return waitForProgram(name, condition, limit: limit)
      }
      let (id, connection): (SocketID?, Connection?)
      switch session {
      case .open(let open) where !open.accepts: (id, connection) = (open.id, open as? Connection)
      case .closed(let closed) where !closed.isListener: (id, connection) = (closed.id, nil)
      case .open, .closed, .connecting, .failed: return .failure(.refused(isListener(name)))
      }
      let bell = Bell()
      if case .messages = condition, id.flatMap(journal.follower) == nil {
        return .failure(.refused("\(name): nothing cuts its bytes into messages: say frame first"))
      }
      if condition == .sent { connection?.whenIdle(bell.ring) }
      var walk = id.flatMap { MessageWalk($0, journal) }
      let holds = runner.wait(limit: limit, for: condition.kinds, on: id, bell: bell) {
        self.holds(condition, id, connection, &walk)
      }
      if holds { return .success(()) }
      let time = DurationText.spoken(limit)
      return .failure(.timedOut("\(name): '\(condition.text)' did not come true within \(time)"))
    }
  }

  private func waitForProgram(
    _ name: String, _ condition: WaitCondition, limit: Nanoseconds
  ) -> Result<Void, CommandFailure> {
    guard let program = runner.programs.withLock({ $0[name] }) else {
      return .failure(.refused("\(name) is no program that is watched"))
    }
    let bell = Bell()
    program.whenOver(bell.ring)
    let holds = runner.wait(limit: limit, for: condition.kinds, bell: bell) {
      program.isClosed || condition == .listening && program.ownAddress != nil
    }
    if holds, condition == .listening, program.ownAddress == nil {
      return .failure(.refused("\(name) has ended and never listened"))
    }
    if holds { return .success(()) }
    let time = DurationText.spoken(limit)
    return .failure(.timedOut("\(name): '\(condition.text)' did not come true within \(time)"))
  }

  /// Waits until something holds of any socket whose name fits.
  private func waitForAny(
    _ glob: String, _ condition: WaitCondition, limit: Nanoseconds
  ) -> Result<Void, CommandFailure> {
    switch condition {
    case .end, .receives, .bytes: break
    case .sent, .messages, .listening, .exited:
      return .failure(.refused("\(glob): * is for what a socket has received: recv, bytes, end"))
    }
    let holds = runner.wait(limit: limit, for: condition.kinds) {
      sockets(fitting: glob).contains { id in
        var walk: MessageWalk?
        return self.holds(condition, id, nil, &walk)
      }
    }
    let time = DurationText.spoken(limit)
    return holds
      ? .success(())
      : .failure(.timedOut("\(glob): '\(condition.text)' did not come true of any socket within \(time)"))
  }

  /// - Parameters:
  ///   - id: nil, or unknown to the journal, if it was closed and its last record is gone.
  ///   - connection: nil if it was closed.
  ///   - walk: what was cut into messages before.
  private func holds(
    _ condition: WaitCondition, _ id: SocketID?, _ connection: Connection?, _ walk: inout MessageWalk?
  ) -> Bool {
    let totals = id.flatMap(journal.socket)?.totals
    switch condition {
    case .sent: return connection?.isIdle ?? true
    case .end: return totals.map { $0.receiveEnd != nil } ?? true
    case .receives(let count): return totals.map { $0.receives >= count } ?? false
    case .bytes(let count): return totals.map { $0.receivedBytes >= count } ?? false
    // Of programs: see `waitForProgram`.
    case .listening, .exited: return false
    case .messages(let count):
      walk?.advance(journal)
      return walk?.follower.count(.received).map { $0 >= count } ?? false
    }
  }
}

extension WaitCondition {
  /// The records that can make it true; nobody else is worth a wake-up for each record.
  fileprivate var kinds: RecordKinds {
    switch self {
    case .sent: []
    case .receives, .bytes, .messages: RecordKinds { $0.kind == .recv }
    case .end: RecordKinds(where: \.canEndReceiving)
    case .listening: RecordKinds { $0.kind == .listen }
    case .exited: []
    }
  }

  fileprivate var text: String {
    switch self {
    case .sent: "sent"
    case .end: "end"
    case .receives(let count): "recv \(count)"
    case .bytes(let count): "bytes \(count)"
    case .messages(let count): "messages \(count)"
    case .listening: "listen"
    case .exited: "exit"
    }
  }
}
