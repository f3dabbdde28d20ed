import Glibc
import Synchronization
import SystemPackage
import Traffic

/// Opens sessions, keeps them by name, and does what commands say to them.
public final class SessionManager: Sendable {
  /// What stands behind a name.
  public enum Session: Sendable {
    case listener(Listener)
    case connection(Connection)
    /// connect(2) has not returned yet.
    case connecting
    case failed(OpenFailure)
  }

  public let run: Run
  private let sessions = Mutex<[String: Session]>([:])

  public init(_ run: Run) { self.run = run }

  public func session(named name: String) -> Session? { sessions.withLock { $0[name] } }

  /// What the kernel says of a socket now; nil if it is not open.
  public func kernelState(of id: SocketID) -> KernelState? {
    guard let name = run.journal.socket(id)?.info.name else { return nil }
    switch session(named: name) {
    case .listener(let listener):
      let kind = listener.options.kind
      return listener.socket.look { KernelState($0, kind: kind, isListener: true) }
    case .connection(let connection):
      return connection.socket.look { KernelState($0, kind: connection.kind, isListener: false) }
    case .connecting, .failed, nil: return nil
    }
  }

  /// True if sessions were opened and every one of them was closed or failed.
  public var isAllClosed: Bool {
    sessions.withLock { sessions in
      !sessions.isEmpty
        && sessions.values.allSatisfy { session in
          switch session {
          // Not before the records of it are written.
          case .listener(let listener): run.journal.socket(listener.id)?.totals.isClosed ?? true
          case .connection(let connection): run.journal.socket(connection.id)?.totals.isClosed ?? true
          case .connecting: false
          case .failed: true
          }
        }
    }
  }

  /// True while a connect(2) has not returned.
  public var isConnecting: Bool {
    sessions.withLock { $0.values.contains { if case .connecting = $0 { true } else { false } } }
  }

  /// A session that could not be opened, if there is one.
  public var firstFailure: OpenFailure? {
    sessions.withLock { sessions in
      sessions.sorted { $0.key < $1.key }.lazy.compactMap {
        if case .failed(let failure) = $0.value { failure } else { nil }
      }.first
    }
  }

  /// All connections, those accepted included.
  public var connections: [Connection] {
    sessions.withLock { sessions in
      sessions.values.compactMap { if case .connection(let connection) = $0 { connection } else { nil } }
    }
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
    let result = Resolver.resolve(address, kind: options.kind, isPassive: true).flatMap { addresses in
      // getaddrinfo gives at least one address when it succeeds.
      open(addresses[0], name: name, options)
    }
    if case .failure(let failure) = result { keep(.failed(failure), as: name) }
    return result
  }

  private func open(_ address: SocketAddress, name: String, _ options: SessionOptions) -> Result<
    Void, OpenFailure
  > {
    let isListener = options.kind.isConnectionOriented
    let id = run.journal.add(
      SocketInfo(
        name: name, kind: options.kind, role: isListener ? .listener : .bound, local: address.text,
        isExposed: !address.isLoopback, policy: options.policy))
    let result: Result<Void, OpenFailure> = bind(address, options, id: id).flatMap { socket in
      let file = address.path.flatMap(SocketFile.claim)
      let backlog = options.backlog ?? Int(SOMAXCONN)
      if isListener, case .failure(let errno) = socket.listen(backlog: backlog) {
        file?.remove()
        return .failure(OpenFailure(call: "listen", object: address.text, errno: errno))
      }
      let own = socket.localAddress ?? address
      let local = own.text
      run.journal.update(id) { $0.local = local }
      let record = Record.listen(id, at: run.clock.now, backlog: isListener ? backlog : 0)
      if isListener {
        let listener = Listener(
          run, id: id, name: name, socket: socket, address: own, file: file, options: options
        ) { [weak self] in self?.keep(.connection($0), as: $0.name) }
        keep(.listener(listener), as: name)
        run.journal.append(record, text: local)
        return listener.startAccepting().mapError {
          OpenFailure(call: "pthread_create", object: name, errno: $0)
        }
      }
      let connection = Connection(
        run, id: id, name: name, socket: socket, options: options, isBound: true, file: file)
      socket.enableRecording(options.kind)
      connection.begin(record, Array(local.utf8)) { keep(.connection($0), as: name) }
      return .success(())
    }
    if case .failure(let failure) = result { unopened(id, failure) }
    return result
  }

  /// A socket with its options set, bound to an address.
  private func bind(_ address: SocketAddress, _ options: SessionOptions, id: SocketID) -> Result<
    Socket, OpenFailure
  > {
    let made = address.path.map(SocketFile.makeWay) ?? .success(())
    return made.flatMap {
      Socket.make(family: address.family, kind: options.kind)
        .mapError { OpenFailure(call: "socket", object: address.text, errno: $0) }
    }.flatMap { socket in
      // A server that was closed a moment ago leaves connections in TIME_WAIT; they must not keep the port. See socket(7).
      if options.kind == .tcp, options.socket[.reuseaddr] == nil {
        _ = socket.set(SOL_SOCKET, SO_REUSEADDR, 1)
      }
      let (after, before) = options.socket.settings.reduce(into: ([Setting](), [Setting]())) {
        parts, setting in
        if setting.option == .join { parts.0.append(setting) } else { parts.1.append(setting) }
      }
      func refused(_ option: RefusedOption) -> OpenFailure {
        OpenFailure(call: "listen", object: address.text, reason: option.message)
      }
      return socket.apply(before, on: id, run: run).mapError(refused).flatMap {
        socket.bind(address).mapError { OpenFailure(call: "bind", object: address.text, errno: $0) }
      }.flatMap {
        socket.apply(after, on: id, run: run).mapError(refused)
      }.map { socket }
    }
  }

  /// Closes everything at once, bursts under way included.
  public func end() {
    for session in sessions.withLock({ Array($0.values) }) {
      switch session {
      case .listener(let listener): listener.close()
      case .connection(let connection): connection.end()
      case .connecting, .failed: break
      }
    }
  }

  /// Removes the files of Unix sockets that are still open; the process is about to end.
  public func removeSocketFiles() {
    for session in sessions.withLock({ Array($0.values) }) {
      switch session {
      case .listener(let listener): listener.file?.remove()
      case .connection(let connection): connection.file?.remove()
      case .connecting, .failed: break
      }
    }
  }

  // MARK: Names

  /// Takes a name for a session that is opened soon: until then it is one that is connecting.
  /// - Parameters:
  ///   - wanted: nil takes the usual name, or that with a number.
  public func reserve(_ wanted: String?, or usual: String) -> Result<String, OpenFailure> {
    sessions.withLock { sessions in
      let name: String
      if let wanted {
        if let number = wanted.split(separator: ".").last, number.count < wanted.count,
          number.allSatisfy(\.isNumber)
        {
          return .failure(
            OpenFailure(
              call: "--as", object: wanted, reason: "names with a number are those of accepted connections"))
        }
        guard sessions[wanted] == nil else {
          return .failure(OpenFailure(call: "--as", object: wanted, reason: "this name is taken"))
        }
        name = wanted
      } else {
        // The sequence has no end, so there is a first.
        let others = (2...).lazy.map { "\(usual)\($0)" }
        name = sessions[usual] == nil ? usual : others.first { sessions[$0] == nil }!
      }
      sessions[name] = .connecting
      return .success(name)
    }
  }

  /// Gives a reserved name back: no socket was made for it.
  public func release(_ name: String) { sessions.withLock { $0[name] = nil } }

  func keep(_ session: Session, as name: String) { sessions.withLock { $0[name] = session } }
}
