import Glibc
import Synchronization
import SystemPackage
import Traffic

/// Opens sessions, keeps them by name, and does what commands say to them.
public final class SessionManager: Sendable {
  /// What stands behind a name.
  public enum Session: Sendable {
    case open(any OpenSession)
    /// connect(2) has not returned yet.
    case connecting
    case failed(OpenFailure)
    case closed(ClosedSession)
  }

  public let run: Run
  let table = Mutex(SessionTable())
  /// By session: what is done with each of its connections as soon as it is there.
  private let beginnings = Mutex<[String: @Sendable (Connection) -> Void]>([:])
  private let allClosed: @Sendable () -> Void

  /// - Parameter allClosed: is called when the last session that was open has closed or failed.
  public init(_ run: Run, allClosed: @escaping @Sendable () -> Void = {}) {
    self.run = run
    self.allClosed = allClosed
  }

  public func session(named name: String) -> Session? {
    let session = table.withLock { $0[name] }
    guard case .closed(var closed) = session, closed.id == nil else { return session }
    closed.id = run.journal.socket(named: name)
    return .closed(closed)
  }

  /// What the kernel says of a socket now; nil if it is not open.
  public func kernelState(of id: SocketID) -> KernelState? {
    guard let name = run.journal.socket(id)?.info.name, case .open(let session) = session(named: name) else {
      return nil
    }
    return session.kernelState
  }

  /// True if sessions were opened and every one of them was closed, its records written, or failed.
  public var isAllClosed: Bool { table.withLock { $0.isAllClosed } }

  /// True while a session is being opened.
  public var isConnecting: Bool { table.withLock { $0.connecting > 0 } }

  /// A session that could not be opened, if there is one.
  public var firstFailure: OpenFailure? { table.withLock { $0.firstFailure } }

  /// The connections that are open, those accepted included.
  public var connections: [Connection] { table.withLock { $0.connections } }

  /// True once the first connection that was accepted has closed.
  public var hasFirstAcceptedClosed: Bool {
    guard let first = table.withLock({ $0.firstAccepted }) else { return false }
    return run.journal.socket(first)?.totals.isClosed ?? true
  }

  /// How far each burst is that is played now, in the order of the sockets. Cheap: one short lock a socket.
  public var playing: [PlayingBurst] {
    guard isPlaying else { return [] }
    return connections.compactMap(\.queue.playing).sorted { $0.socket.value < $1.socket.value }
  }

  /// True while a burst is played or waits for its turn. Costs one load.
  public var isPlaying: Bool { run.isPlaying }

  // MARK: Opening

  /// Opens a listener and begins to accept, or a bound datagram socket and begins to receive. Its `listen` record tells the
  /// port that was taken.
  /// - Parameter name: was reserved.
  public func listen(_ address: AddressText, _ options: SessionOptions, as name: String) -> Result<
    Void, OpenFailure
  > {
    switch Resolver.resolve(address, kind: options.kind, isPassive: true) {
    case .failure(let failure):
      fail(name, failure)
      return .failure(failure)
    // getaddrinfo gives at least one address when it succeeds.
    case .success(let addresses): return open(addresses[0], name: name, options)
    }
  }

  private func open(_ address: SocketAddress, name: String, _ options: SessionOptions) -> Result<
    Void, OpenFailure
  > {
    let isListener = options.kind.isConnectionOriented
    let id = run.writer.add(
      SocketInfo(
        name: name, kind: options.kind, role: isListener ? .listener : .bound, local: address.text,
        isExposed: !address.isLoopback, policy: options.policy))
    let result: Result<Void, OpenFailure> = bind(address, options, id: id).flatMap { socket in
      let file = address.path.flatMap(SocketFile.claim)
      let backlog = options.backlog ?? Int(SOMAXCONN)
      // bind(2) chose it where 0 was asked for.
      run.willUse(port: socket.localAddress?.port ?? 0)
      if isListener, case .failure(let errno) = socket.listen(backlog: backlog) {
        file?.remove()
        return .failure(OpenFailure(call: "listen", object: address.text, errno: errno))
      }
      let own = socket.localAddress ?? address
      let local = own.text
      run.writer.update(id) { $0.local = local }
      let record = Record.listen(id, at: run.clock.now, backlog: isListener ? backlog : 0)
      if isListener {
        let listener = Listener(
          run, id: id, name: name, socket: socket, address: own, file: file, options: options,
          registry: registry)
        adopt(listener)
        run.writer.append(record, text: local)
        return listener.startAccepting().mapError {
          OpenFailure(call: "pthread_create", object: name, errno: $0)
        }
      }
      let connection = Connection(
        run, id: id, name: name, socket: socket, options: options, isBound: true, file: file,
        registry: registry)
      socket.enableRecording(options.kind)
      connection.begin(record, Array(local.utf8))
      return .success(())
    }
    if case .failure(let failure) = result {
      fail(name, failure)
      unopened(id, failure)
    }
    return result
  }

  /// A socket with its options set, bound to an address.
  func bind(_ address: SocketAddress, _ options: SessionOptions, id: SocketID) -> Result<
    Socket, OpenFailure
  > {
    Socket.make(family: address.family, kind: options.kind).mapError {
      OpenFailure(call: "socket", object: address.text, errno: $0)
    }.flatMap { socket in
      // A server that was closed a moment ago leaves connections in TIME_WAIT; they must not keep the port. See socket(7).
      let isUnasked = options.kind == .tcp && options.socket[.reuseaddr] == nil
      let own: [Setting] = isUnasked ? [.reuseAddress(true)] : []
      let (after, before) = options.socket.settings.reduce(into: ([Setting](), own)) {
        parts, setting in
        if setting.option == .join { parts.0.append(setting) } else { parts.1.append(setting) }
      }
      func refused(_ option: RefusedOption) -> OpenFailure {
        OpenFailure(call: "listen", object: address.text, reason: option.message)
      }
      return socket.apply(before, on: id, run: run).mapError(refused).flatMap {
        bind(socket, to: address)
      }.flatMap {
        socket.apply(after, on: id, run: run).mapError(refused)
      }.map { socket }
    }
  }

  /// Binds a socket. See bind(2).
  func bind(_ socket: Socket, to address: SocketAddress) -> Result<Void, OpenFailure> {
    run.willUse(port: address.port)
    return (address.path.map(SocketFile.makeWay) ?? .success(())).flatMap {
      socket.bind(address).mapError { OpenFailure(call: "bind", object: address.text, errno: $0) }
    }
  }

  /// Closes everything at once, bursts under way included; also what is opened from now on.
  public func end() {
    let sessions = table.withLock { table in
      table.isEnded = true
      return table.sessions
    }
    for session in sessions { session.end() }
  }

  /// Removes the files of Unix sockets that are still open; the process is about to end.
  public func removeSocketFiles() {
    for session in table.withLock({ $0.sessions }) { session.removeFile() }
  }

  // MARK: What others open

  /// Puts something under its name, which was reserved.
  public func adopt(_ session: any OpenSession) {
    let isEnded = table.withLock { table in
      table.adopt(session)
      return table.isEnded
    }
    // Whoever opens it is not done with it.
    if isEnded { _ = Worker.start("end") { session.end() } }
  }

  /// From now on `body` is called with each connection of a session, a client's own too: what it says to the sending side is
  /// done once the connection is open. Nil ends that.
  public func atBeginning(of name: String, _ body: (@Sendable (Connection) -> Void)?) {
    beginnings.withLock { $0[name] = body }
  }

  private func begin(_ connection: Connection, _ begun: Latch) {
    let session = AcceptedName(connection.name)?.listener ?? connection.name
    guard let body = beginnings.withLock({ $0[session] }) else { return }
    // Queued before it is known: who waits until all is sent cannot come too early.
    connection.afterwards(begun.wait)
    body(connection)
  }

  /// What was adopted is closed.
  public func hasClosed(_ name: String) { forget(name) }

  /// What was reserved could not be opened.
  public func hasFailed(_ name: String, _ failure: OpenFailure) { fail(name, failure) }

  // MARK: Names

  /// Takes a name for a session that is opened soon: until then it is one that is connecting.
  /// - Parameters:
  ///   - wanted: nil takes the usual name, or that with a number.
  public func reserve(_ wanted: String?, or usual: String) -> Result<String, OpenFailure> {
    guard let wanted else { return .success(table.withLock { $0.reserve(usual: usual) }) }
    func refused(_ reason: String) -> Result<String, OpenFailure> {
      .failure(OpenFailure(call: "--as", object: wanted, reason: reason))
    }
    let hasNumber = wanted.split(separator: ".").last.map {
      $0.count < wanted.count && $0.allSatisfy(\.isNumber)
    }
    if hasNumber == true || AcceptedName(wanted) != nil {
      return refused("names with a number are those of accepted connections")
    }
    return table.withLock { $0.reserve(wanted) } ? .success(wanted) : refused("this name is taken")
  }

  /// Gives a reserved name back: no socket was made for it.
  public func release(_ name: String) { table.withLock { $0.release(name) } }

  /// A session that was reserved could not be opened. To be told before its record is written: that wakes whoever waits.
  func fail(_ name: String, _ failure: OpenFailure) {
    let isAllClosed = table.withLock { table in
      table.fail(name, failure)
      return table.isAllClosed
    }
    if isAllClosed { allClosed() }
  }

  func forget(_ name: String) {
    let isAllClosed = table.withLock { table in
      table.forget(name)
      return table.isAllClosed
    }
    if isAllClosed { allClosed() }
  }

  var registry: Registry {
    Registry(
      adopt: { [weak self] in self?.adopt($0) },
      begin: { [weak self] in self?.begin($0, $1) },
      forget: { [weak self] in self?.forget($0) })
  }
}
