import CLinux
import SystemPackage
import Traffic

/// Performs the commands of a lab, one after another, on the calling thread.
public final class LabRunner: Sendable {
  /// How long a command waits for a socket that is still connecting or not accepted yet.
  static let patience: Nanoseconds = 10_000_000_000

  private let manager: SessionManager
  var run: Run { manager.run }
  var journal: Journal { manager.run.journal }

  public init(_ manager: SessionManager) { self.manager = manager }

  /// Performs one command and returns when it has taken effect; `send` returns when its burst is queued.
  /// - Parameter line: line number in the lab, for the records of `expect`.
  public func perform(_ command: Command, line: Int) -> Result<Void, CommandFailure> {
    switch command {
    case .listen(let address, let options):
      return manager.listen(address, options).map { _ in }.mapError(CommandFailure.open)
    case .connect(let address, let options):
      return ready(address).flatMap {
        manager.connect(address, options).map { _ in }.mapError(CommandFailure.open)
      }
    case .send(let name, let burst): return connection(name).flatMap { self.send(burst, on: $0, to: nil) }
    case .sendTo(let name, let address, let burst):
      return connection(name).flatMap { connection in
        destination(address, of: connection).flatMap { self.send(burst, on: connection, to: $0) }
      }
    case .ask(let call, let name, let timeout):
      return session(name).flatMap { ask(call, $0, timeout: timeout) }
    case .on(let name, let rule): return session(name).flatMap { Answerer.start(rule, for: $0, on: manager) }
    case .recv(let name, let size, let flags): return connection(name).flatMap { receive($0, size, flags) }
    case .accept(let name): return listener(name).flatMap(accept)
    case .set(let name, let settings): return session(name).flatMap { change($0, settings) }
    case .suspend(let name): return session(name).map(suspend)
    case .resume(let name): return session(name).flatMap(resume)
    case .shutdown(let name, let how): return connection(name).map { $0.shutdown(how) }
    case .close(let name, let isReset): return close(name, isReset: isReset)
    case .pause(let duration):
      let end = cl_monotonic() + duration
      while cl_monotonic() < end { _ = cl_sleep_until(end) }
      return .success(())
    case .wait(let name, let condition, let limit): return wait(name, condition, limit: limit)
    case .expect(let name, let expectation): return expect(name, expectation, line: line)
    case .burst(let name, let order): return connection(name).flatMap { self.order($0, order) }
    case .mark(let text):
      run.mark(.none, text)
      return .success(())
    // Known since the lab was read: see `Lab.definitions`.
    case .define: return .success(())
    }
  }

  // MARK: Sending and ending

  private func send(_ burst: Burst, on connection: Connection, to destination: SocketAddress?) -> Result<
    Void, CommandFailure
  > {
    guard !connection.isClosed else { return .failure(.refused("\(connection.name) is closed")) }
    if connection.isBound, destination == nil, connection.lastPartner == nil {
      let hint = "it heard from nobody yet; write send \(connection.name) to ADDRESS …"
      return .failure(.refused("\(connection.name): \(hint)"))
    }
    do {
      let schedule = try BurstSchedule(burst, file: FileReader.read)
      if let refusal = Self.refusal(of: schedule.measure, memory: AvailableMemory.bytes) {
        return .failure(.refused(refusal))
      }
      connection.play(schedule, to: destination)
      return .success(())
    } catch {
      return .failure(.refused("\(error)"))
    }
  }

  /// Why a burst is not played; nil if it can be. A payload is made as a whole, and while it grows there may be two of it.
  static func refusal(of measure: BurstMeasure, memory: Int64?) -> String? {
    guard let memory, measure.longestPayload > memory / 2 else { return nil }
    return
      "one send of \(measure.longestPayload) bytes takes twice as much memory, and \(memory) bytes are free; "
      + "several shorter sends, such as (zeros(1M))*100, do not need it"
  }

  private func order(_ connection: Connection, _ order: BurstOrder) -> Result<Void, CommandFailure> {
    let queue = connection.queue
    switch order {
    case .stop: if queue.stopBursts() { return .success(()) }
    case .pause:
      if let isNew = queue.pauseBurst() {
        return isNew ? .success(()) : .failure(.refused("\(connection.name): its burst is paused already"))
      }
    case .resume:
      if let wasPaused = queue.resumeBurst() {
        return wasPaused ? .success(()) : .failure(.refused("\(connection.name): its burst is not paused"))
      }
    }
    return .failure(.refused("\(connection.name) plays no burst"))
  }

  private func destination(_ address: AddressText, of connection: Connection) -> Result<
    SocketAddress, CommandFailure
  > {
    guard !connection.kind.isConnectionOriented else {
      return .failure(
        .refused("\(connection.name) is connected: only a datagram socket chooses whom to send to"))
    }
    return manager.resolve(address, connection.kind).mapError(CommandFailure.open).map { addresses in
      // A name may lead to IPv6 first, and a socket that was bound to IPv4 cannot send there. It is never empty.
      let own = connection.socket.look(\.localAddress) ?? nil
      return addresses.first { $0.family == own?.family } ?? addresses[0]
    }
  }

  private func close(_ name: String, isReset: Bool) -> Result<Void, CommandFailure> {
    session(name).map { session in
      switch session {
      case .listener(let listener): listener.close()
      case .connection(let connection): connection.close(isReset: isReset)
      case .connecting, .failed: break
      }
    }
  }

  /// The same for a command typed by hand: whoever asks for a connection wants to know how that ended.
  public func performWhole(_ command: Command) -> Result<Void, CommandFailure> {
    guard case .connect(let address, let options) = command else { return perform(command, line: 1) }
    return ready(address).flatMap {
      manager.connect(address, options).mapError(CommandFailure.open)
    }.flatMap { name in
      let ends = RecordKinds { $0.kind == .connect || $0.kind == .mark }
      _ = wait(limit: .max, for: ends) {
        if case .connecting = manager.session(named: name) { false } else { true }
      }
      if case .failed(let failure) = manager.session(named: name) { return .failure(.open(failure)) }
      return .success(())
    }
  }

  /// Waits until every connection attempt has come to its end and everything queued was sent.
  public func finish() -> Result<Void, CommandFailure> {
    _ = wait(limit: .max / 2) { !self.manager.isConnecting }
    if let failure = manager.firstFailure { return .failure(.open(failure)) }
    for connection in manager.connections { waitUntilSent(connection) }
    return .success(())
  }

  func waitUntilSent(_ connection: Connection) {
    let bell = Bell()
    connection.queue.whenIdle(bell.ring)
    while !connection.queue.isIdle { _ = bell.wait(until: cl_monotonic() + Self.patience) }
  }

  // MARK: Waiting

  private func wait(_ name: String, _ condition: WaitCondition, limit: Nanoseconds) -> Result<
    Void, CommandFailure
  > {
    connection(name, limit: limit).flatMap { connection in
      let bell = Bell()
      if condition == .sent { connection.queue.whenIdle(bell.ring) }
      let holds = wait(limit: limit, for: condition.kinds, on: connection.id, bell: bell) {
        self.holds(condition, connection)
      }
      return holds
        ? .success(())
        : .failure(
          .timedOut(
            "\(name): '\(Self.text(condition))' did not come true within \(DurationText.spoken(limit))"))
    }
  }

  private static func text(_ condition: WaitCondition) -> String {
    switch condition {
    case .sent: "sent"
    case .end: "end"
    case .receives(let count): "recv \(count)"
    case .bytes(let count): "bytes \(count)"
    }
  }

  private func holds(_ condition: WaitCondition, _ connection: Connection) -> Bool {
    guard let totals = journal.socket(connection.id)?.totals else {
      return condition == .sent || condition == .end
    }
    return switch condition {
    case .sent: connection.queue.isIdle
    case .end: totals.receiveEnd != nil
    case .receives(let count): totals.receives >= count
    case .bytes(let count): totals.receivedBytes >= count
    }
  }

  /// Waits until a condition on the journal holds.
  /// - Parameters:
  ///   - kinds: the records that can make it true: it is looked at after these.
  ///   - socket: whose records these are; anybody's if nil.
  ///   - bell: whoever rings it makes the condition be looked at too.
  /// - Returns: false if it did not within the limit.
  func wait(
    limit: Nanoseconds, for kinds: RecordKinds = .all, on socket: SocketID? = nil, bell: Bell = Bell(),
    until condition: () -> Bool
  ) -> Bool {
    let deadline = cl_monotonic() + min(limit, .max / 2)
    let reader = journal.makeReader()
    defer { journal.forget(reader) }
    while true {
      // Read before the condition is: a record that comes in between is not missed.
      let next = journal.extent.records.upperBound
      if condition() { return true }
      if cl_monotonic() >= deadline { return false }
      if journal.wake(reader, when: next, of: kinds, on: socket, bell.ring) { _ = bell.wait(until: deadline) }
    }
  }

  // MARK: Names

  /// The session with a name, once it is connected or accepted.
  private func session(_ name: String, limit: Nanoseconds = patience) -> Result<
    SessionManager.Session, CommandFailure
  > {
    var found: SessionManager.Session?
    let isReady = wait(limit: limit) {
      found = self.manager.session(named: name)
      return switch found {
      case .listener, .connection, .failed: true
      case .connecting: false
      case nil: !self.isExpected(name)
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

  func connection(_ name: String, limit: Nanoseconds = patience) -> Result<Connection, CommandFailure> {
    session(name, limit: limit).flatMap { session in
      if case .connection(let connection) = session { return .success(connection) }
      return .failure(.refused("\(name) is a listener; its connections are \(name).1, \(name).2 …"))
    }
  }

  private func listener(_ name: String) -> Result<Listener, CommandFailure> {
    session(name).flatMap { session in
      if case .listener(let listener) = session { return .success(listener) }
      return .failure(.refused("\(name) is no listener: only a listener accepts"))
    }
  }

  private func ready(_ address: AddressText) -> Result<Void, CommandFailure> {
    guard case .session(let name) = address else { return .success(()) }
    return session(name).map { _ in }
  }

  // MARK: Expecting

  private func expect(_ name: String, _ expectation: Expectation, line: Int) -> Result<Void, CommandFailure> {
    session(name).flatMap { session in
      let id =
        switch session {
        case .listener(let listener): listener.id
        case .connection(let connection): connection.id
        case .connecting, .failed: SocketID.none
        }
      return Judgement.of(expectation, on: id, in: journal).mapError { .refused("\(name): \($0.message)") }
        .flatMap { judgement in
          judgement.write(line: line, socket: id, run: run)
          if judgement.holds { return .success(()) }
          return .failure(.unexpected("\(name): wanted \(judgement.wanted), got \(judgement.got)"))
        }
    }
  }
}

extension WaitCondition {
  /// The records that can make it true; nobody else is worth a wake-up for each record.
  fileprivate var kinds: RecordKinds {
    switch self {
    case .sent: []
    case .receives, .bytes: RecordKinds { $0.kind == .recv }
    case .end: RecordKinds(where: \.canEndReceiving)
    }
  }
}
