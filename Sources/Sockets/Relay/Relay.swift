import CLinux
import Glibc
import Synchronization
import SystemPackage
import Traffic

/// Stands between clients and a target: a listener whose connections are passed on. One thread serves it and all its pairs.
public final class Relay: OpenSession {
  private struct State {
    var requests: [@Sendable (RelayLoop) -> Void] = []
    var isRunning = true
  }

  public let id: SocketID
  public let name: String
  let run: Run
  /// Where it listens.
  let address: SocketAddress
  /// Where it passes on to, in the order in which to try.
  let targets: [SocketAddress]
  let kind: SocketKind
  let targetKind: SocketKind
  let socket: Socket
  let bell = Bell()
  let registry: Registry
  let sight: any DeliverySight
  private let file: SocketFile?
  private let closed = Atomic(false)
  private let state = Mutex(State())

  init(
    _ run: Run, id: SocketID, name: String, socket: Socket, address: SocketAddress, file: SocketFile?,
    kind: SocketKind, targets: [SocketAddress], targetKind: SocketKind, registry: Registry,
    sight: any DeliverySight
  ) {
    (self.run, self.id, self.name, self.socket, self.address) = (run, id, name, socket, address)
    (self.file, self.targets, self.registry) = (file, targets, registry)
    (self.kind, self.targetKind, self.sight) = (kind, targetKind, sight)
  }

  /// True for datagrams, which have no connection: each peer is a flow.
  var isDatagram: Bool { kind == .udp }

  public var isClosed: Bool { closed.load(ordering: .acquiring) }
  public var accepts: Bool { true }
  public var ownAddress: SocketAddress? { address }
  public var kernelState: KernelState? {
    socket.look { KernelState($0, kind: kind, isListener: !isDatagram) }
  }

  public func removeFile() { file?.remove() }

  func name(of pair: Int) -> String { AcceptedName(listener: name, number: pair).text }

  // MARK: The thread

  /// Begins to accept and to pass on.
  func start(_ options: SessionOptions) -> Result<Void, OpenFailure> {
    // A connection may be gone between the wait and accept(2), which would then block. See accept(2), NOTES.
    _ = fcntl(socket.descriptor, F_SETFL, O_NONBLOCK)
    return Thread.start(name) { self.serve(options) }.map { _ in }.mapError {
      OpenFailure(call: "pthread_create", object: name, errno: $0)
    }
  }

  private func serve(_ options: SessionOptions) {
    cl_set_timer_slack(1)
    do throws(Errno) {
      let loop = try RelayLoop(self, options)
      if options.policy.isPaused { loop.listen(false) }
      while true {
        for request in takeRequests() { request(loop) }
        if loop.isOver { break }
        loop.turn()
      }
      // Whoever asked meanwhile is told that it is over.
      while let requests = takeLastRequests() { for request in requests { request(loop) } }
    } catch {
      run.mark(id, "epoll_create1: \(error.name)")
      state.withLock { $0.isRunning = false }
      closeListening()
    }
  }

  private func takeRequests() -> [@Sendable (RelayLoop) -> Void] {
    state.withLock { state in
      defer { state.requests = [] }
      return state.requests
    }
  }

  /// Nil, and no more are taken, if there are none.
  private func takeLastRequests() -> [@Sendable (RelayLoop) -> Void]? {
    state.withLock { state in
      defer { state.requests = [] }
      if state.requests.isEmpty { state.isRunning = false }
      return state.requests.isEmpty ? nil : state.requests
    }
  }

  /// Has the relay's thread do something, and waits for it. Not from that thread.
  /// - Returns: nil if everything is closed.
  func ask<Answer: Sendable>(_ body: @escaping @Sendable (RelayLoop) -> Answer) -> Answer? {
    let (box, done) = (AnswerBox<Answer>(), Latch())
    let isTaken = state.withLock { state in
      if state.isRunning {
        state.requests.append { loop in
          box.value.withLock { $0 = body(loop) }
          done.raise()
        }
      }
      return state.isRunning
    }
    guard isTaken else { return nil }
    bell.ring()
    done.wait()
    return box.value.withLock { $0 }
  }

  private final class AnswerBox<Answer: Sendable>: Sendable {
    let value = Mutex<Answer?>(nil)
  }

  /// Calls close(2) on the socket that it listens on. Only its thread does this.
  func closeListening() {
    guard !closed.exchange(true, ordering: .acquiringAndReleasing) else { return }
    file?.remove()
    let start = run.clock.now
    let result = socket.close()
    run.writer.append(.close(id, .normal, from: start, to: run.clock.now, failed: result.errno))
    registry.forget(name)
  }

  // MARK: Commands

  /// Changes how it receives and passes on, of what is open and of what comes.
  public func set(_ settings: [Setting]) -> Result<Void, RefusedOption> {
    ask { $0.set(settings, of: nil) } ?? .failure(RefusedOption("it is closed"))
  }

  public func pause() { _ = set([.isPaused(true)]) }
  public func resume() -> Result<Void, RefusedOption> { set([.isPaused(false)]) }

  public func ask(_ call: WaitCallName, timeout: Nanoseconds) -> Result<Void, FailedCall>? {
    socket.look { $0.ask(call, timeout: timeout, on: id, run: run) }
  }

  /// Accepts nothing more; the pairs stay.
  public func close(isReset: Bool) { _ = ask { $0.stopListening() } }

  /// Closes it and all its pairs.
  public func end() {
    _ = ask { loop in
      loop.stopListening()
      for pair in loop.pairs.values.sorted(by: { $0.number < $1.number }) { loop.close(pair, isReset: false) }
    }
  }
}
