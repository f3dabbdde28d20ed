import CLinux
import Glibc
import Synchronization
import SystemPackage
import Traffic

/// A passive socket: accept(2) makes a connection of each that waits in its backlog.
public final class Listener: OpenSession {
  /// How long accept(2) is left alone after it failed for want of a resource. The connection stays in the backlog, so
  /// asking again at once would spin.
  static let rest: Nanoseconds = 100_000_000

  private struct Accepting {
    var options: SessionOptions
    /// The loop of the mode select, poll or epoll, which serves the connections too.
    var loop: ReadinessLoop?
    var count = 0
    /// True while accept is not called. With `--paused` alone it is called: only the connections begin paused.
    var isPaused = false
  }

  public let id: SocketID
  public let name: String
  /// Where it listens.
  let address: SocketAddress
  let socket: Socket
  /// The file of a Unix listener.
  let file: SocketFile?
  private let run: Run
  private let registry: Registry
  private let accepting: Mutex<Accepting>
  private let owner = CallOwner()
  private let closed = Atomic(false)

  /// - Parameter registry: is told of each new connection before its accept record is written, and of the close after its.
  init(
    _ run: Run, id: SocketID, name: String, socket: Socket, address: SocketAddress, file: SocketFile?,
    options: SessionOptions, registry: Registry
  ) {
    self.run = run
    self.id = id
    self.name = name
    self.socket = socket
    self.address = address
    self.file = file
    self.registry = registry
    accepting = Mutex(Accepting(options: options))
  }

  public var accepts: Bool { true }

  public var ownAddress: SocketAddress? { address }

  public var kernelState: KernelState? {
    let kind = options.kind
    return socket.look { KernelState($0, kind: kind, isListener: true) }
  }

  public func removeFile() { file?.remove() }

  /// True once close(2) was called.
  public var isClosed: Bool { closed.load(ordering: .acquiring) }

  /// What the connections that it accepts from now on are opened with.
  public var options: SessionOptions { accepting.withLock { $0.options } }

  // MARK: Accepting

  /// Begins to call accept(2), in the mode of the session; does nothing where it is called by hand.
  func startAccepting() -> Result<Void, Errno> {
    owner.change(to: .set) { startAccepting(&$0) } ?? .success(())
  }

  private func startAccepting(_ turn: inout Turn?) -> Result<Void, Errno> {
    let (options, isPaused) = accepting.withLock { ($0.options, $0.isPaused) }
    if options.acceptsManually || isPaused { return .success(()) }
    let started: Result<Turn, Errno>
    switch options.policy.mode {
    case .blocking, .nonblocking, .manual:
      started = Turn.start(name, calls: { self.acceptLoop($0) }, after: {})
    case .select, .poll, .epoll:
      // A connection may be gone between the wait and accept(2), which would then block. See accept(2), NOTES.
      started = nothingOrErrno(fcntl(socket.descriptor, F_SETFL, O_NONBLOCK)).flatMap {
        Turn.start(.listener(self), in: sharedLoop(options.policy))
      }
    }
    return started.map { turn = $0 }
  }

  /// Changes what connections are opened with from now on, and how accept is called.
  public func set(_ settings: [Setting]) -> Result<Void, RefusedOption> { set(settings, isPaused: nil) }

  /// - Parameter isPaused: whether accept is left alone from now on; nil is as before.
  private func set(_ settings: [Setting], isPaused: Bool?) -> Result<Void, RefusedOption> {
    let kind = options.kind
    if let refusal = settings.lazy.compactMap({ $0.refusal(for: kind) }).first {
      return .failure(RefusedOption(refusal))
    }
    if let refusal = settings.refusal(under: options.policy) { return .failure(RefusedOption(refusal)) }
    let result: Result<Void, RefusedOption>? = owner.change(to: isPaused == true ? .pause : .set) { turn in
      _ = fcntl(socket.descriptor, F_SETFL, 0)
      // SO_RCVTIMEO and SO_RCVLOWAT would hold for accept(2) too; each connection sets them itself.
      let inherited = settings.filter { $0.option != .timeout && $0.option != .lowat }
      let result = socket.apply(inherited, on: id, run: run)
      let policy = accepting.withLock { accepting in
        for setting in settings { accepting.options.apply(setting) }
        accepting.loop = nil
        accepting.isPaused = isPaused ?? accepting.isPaused
        return accepting.options.policy
      }
      run.writer.update(id) { $0.policy = policy }
      let started = startAccepting(&turn).mapError { RefusedOption(name: "mode", errno: $0) }
      return result.flatMap { started }
    }
    return result ?? .failure(RefusedOption("it is closed"))
  }

  /// Stops calling accept; what is accepted by hand meanwhile begins paused.
  public func pause() { _ = set([.isPaused(true)], isPaused: true) }

  public func resume() -> Result<Void, RefusedOption> { set([.isPaused(false)], isPaused: false) }

  /// One accept(2) now, on a thread of its own, for a listener that accepts by hand.
  /// - Parameter done: is called when it has returned.
  /// - Returns: false if accept is being called already.
  public func acceptByHand(done: @escaping @Sendable () -> Void) -> Result<Bool, Errno> {
    let result: Result<Bool, Errno>? = owner.changeIfIdle { turn in
      guard options.acceptsManually else { return .success(false) }
      return Turn.start(name, calls: { _ = self.acceptOnce(in: $0) }, after: done).map {
        turn = $0
        return true
      }
    }
    return result ?? .success(false)
  }

  /// One accept(2), its record, and the start of the connection.
  /// - Parameter turn: whose call it is, if one that may be interrupted.
  /// - Returns: false if accept should be left alone for a while.
  func acceptOnce(in turn: Turn? = nil) -> Bool {
    let start = run.clock.now
    let result = socket.accept()
    let end = run.clock.now
    switch result {
    case .success((let socket, let peer)):
      take(socket, peer: peer, from: start, to: end)
      return true
    case .failure(let errno):
      var record = Record.accept(id, from: start, to: end, failed: errno)
      if errno == .interrupted, let own = turn?.interruption { record.conditions.insert(own.condition) }
      run.writer.append(record)
      return errno.isPassing || errno == .connectionAbort
    }
  }

  private func acceptLoop(_ turn: Turn) {
    while !turn.isToEnd { if !acceptOnce(in: turn) { turn.rest(Self.rest) } }
  }

  private func take(_ socket: Socket, peer: SocketAddress, from start: Nanoseconds, to end: Nanoseconds) {
    let (number, options) = accepting.withLock { accepting in
      accepting.count += 1
      return (accepting.count, accepting.options)
    }
    let name = AcceptedName(listener: name, number: number).text
    let connectionID = run.writer.add(
      SocketInfo(
        name: name, kind: options.kind, role: .accepted, parent: id, local: socket.localAddress?.text,
        peer: peer.text, policy: options.policy))
    socket.enableRecording(options.kind)
    let connection = Connection(
      run, id: connectionID, name: name, socket: socket, options: options, registry: registry
    ) { mode in self.accepting.withLock { $0.options.policy.mode == mode ? $0.loop : nil } }
    let left = cl_backlog(self.socket.descriptor)
    let record = Record.accept(
      id, from: start, to: end, connection: connectionID, backlogLeft: left < 0 ? nil : Int(left))
    connection.begin(record)
  }

  private func sharedLoop(_ policy: ReceivePolicy) -> ReadinessLoop {
    accepting.withLock { accepting in
      if let loop = accepting.loop { return loop }
      let loop = ReadinessLoop(run, id: id, name: name, mode: policy.mode, timeout: policy.timeout)
      accepting.loop = loop
      return loop
    }
  }

  /// One select(2), poll(2) or epoll_wait(2) now, for all three conditions. Nil if it is closed.
  public func ask(_ call: WaitCallName, timeout: Nanoseconds) -> Result<Void, FailedCall>? {
    socket.look { $0.ask(call, timeout: timeout, on: id, run: run) }
  }

  // MARK: Ending

  public func end() { close(isReset: false) }

  /// Ends accepting and calls close(2), which sends nothing. Connections that were accepted stay.
  public func close(isReset: Bool) {
    guard !closed.exchange(true, ordering: .acquiringAndReleasing) else { return }
    owner.end()
    file?.remove()
    let start = run.clock.now
    let result = socket.close()
    run.writer.append(.close(id, .normal, from: start, to: run.clock.now, failed: result.errno))
    registry.forget(name)
  }
}
