import Synchronization
import SystemPackage
import Traffic

/// A socket that receives: accepted, connecting out, or a bound datagram socket. Its receiving and its sending side
/// run apart and end apart.
public final class Connection: OpenSession {
  private struct Receiving {
    var policy: ReceivePolicy
    var memory = Receiver.Memory()
  }

  public let id: SocketID
  public let name: String
  public let kind: SocketKind
  let run: Run
  let socket: Socket
  let queue: SendQueue
  /// The loop of the listener that accepted it.
  private let parentLoop: (@Sendable (ReceivePolicy.Mode) -> ReadinessLoop?)?
  private let atEnd: SessionOptions.AtEnd
  private let registry: Registry
  /// True for a datagram socket that was not connected: each send needs an address.
  public let isBound: Bool
  /// The file of a bound Unix socket.
  let file: SocketFile?
  private let receiving: Mutex<Receiving>
  private let owner = CallOwner()
  /// Of a bound datagram socket: whom the newest datagram came from. What is sent goes there unless told otherwise.
  private let partner = Mutex<SocketAddress?>(nil)
  /// The recv(2) and the send(2) under way.
  let receivingCall = CallUnderWay()
  let sendingCall = CallUnderWay()
  private let isShutDown = Atomic(false)
  private let closed = Atomic(false)

  init(
    _ run: Run, id: SocketID, name: String, socket: Socket, options: SessionOptions,
    isBound: Bool = false, file: SocketFile? = nil, registry: Registry,
    parentLoop: (@Sendable (ReceivePolicy.Mode) -> ReadinessLoop?)? = nil
  ) {
    self.isBound = isBound
    self.file = file
    self.run = run
    self.id = id
    self.name = name
    self.socket = socket
    self.registry = registry
    self.parentLoop = parentLoop
    kind = options.kind
    atEnd = options.atEnd
    receiving = Mutex(Receiving(policy: options.policy))
    queue = SendQueue(run, id: id, name: name)
  }

  public var accepts: Bool { false }

  public var ownAddress: SocketAddress? { socket.look(\.localAddress) ?? nil }

  public var kernelState: KernelState? {
    socket.look { KernelState($0, kind: kind, isListener: false) }
  }

  public func removeFile() { file?.remove() }

  /// A listener's accept(2) made it.
  var isAccepted: Bool { parentLoop != nil }

  /// True once close(2) was called.
  public var isClosed: Bool { closed.load(ordering: .acquiring) }

  /// How it receives now.
  public var policy: ReceivePolicy { receiving.withLock { $0.policy } }

  // MARK: Receiving

  /// Sets what the policy asks of the kernel, makes the connection known, writes how it was opened, and starts
  /// receiving. What fails is written down; the rest goes on.
  /// - Parameter record: the accept, connect or listen; the records of the options come after it, as the calls did.
  func begin(_ record: Record, _ payload: [UInt8] = []) {
    let policy = policy
    var settings: [Setting] = []
    if policy.timeout != nil { settings.append(.timeout(policy.timeout)) }
    if let bytes = policy.lowWater { settings.append(.lowWater(bytes)) }
    var options: [(record: Record, change: OptionChange)] = []
    // Set before it is known, because a command may call recv(2) from then on; known before the record is written,
    // because the record wakes whoever waits for the connection.
    _ = socket.apply(settings, on: id, run: run) { options.append(($0, $1)) }
    let begun = Latch()
    registry.begin(self, begun)
    // Whoever finds it meanwhile and wants to change how it receives waits until that has begun.
    owner.change(to: .set) { turn in
      registry.adopt(self)
      payload.withUnsafeBytes { _ = run.writer.append(record, payload: $0) }
      for option in options { run.writer.append(option.record, option.change) }
      if case .failure(let errno) = startReceiving(&turn) {
        run.mark(id, "nothing is received: \(errno.name) (\(errno.description))")
      }
    }
    begun.raise()
  }

  /// Changes the policy or socket options. Nobody calls recv meanwhile.
  public func set(_ settings: [Setting]) -> Result<Void, RefusedOption> { set(settings, to: .set) }

  /// - Parameter why: a call under way is interrupted.
  private func set(_ settings: [Setting], to why: Interruption) -> Result<Void, RefusedOption> {
    if let refusal = settings.lazy.compactMap({ $0.refusal(for: self.kind) }).first {
      return .failure(RefusedOption(refusal))
    }
    if let refusal = settings.refusal(under: policy) { return .failure(RefusedOption(refusal)) }
    let result: Result<Void, RefusedOption>? = owner.change(to: why) { turn in
      let result = socket.apply(settings, on: id, run: run)
      let policy = receiving.withLock { receiving in
        receiving.policy = receiving.policy.applying(settings)
        return receiving.policy
      }
      run.writer.update(id) { $0.policy = policy }
      let started = hasEnded ? .success(()) : startReceiving(&turn)
      return result.flatMap { started.mapError { RefusedOption(name: "mode", errno: $0) } }
    }
    return result ?? .failure(RefusedOption("it is closed"))
  }

  public func pause() { _ = set([.isPaused(true)], to: .pause) }

  public func resume() -> Result<Void, RefusedOption> { set([.isPaused(false)]) }

  /// True once recv(2) has nothing more to give.
  private var hasEnded: Bool {
    isShutDown.load(ordering: .acquiring) || run.journal.socket(id)?.totals.receiveEnd != nil
  }

  /// Told when shutdown(2) was called for the receiving side. A datagram socket then has no end that recv(2) tells: it
  /// stays readable and gives nothing, and a loop would spin.
  func receivingWasShutDown() {
    guard kind == .udp || kind == .unixDatagram else { return }
    isShutDown.store(true, ordering: .releasing)
    if policy.mode != .manual { owner.stop(to: .shutdown) }
  }

  /// Begins to call recv(2), in the mode of the policy. Does nothing in manual mode.
  private func startReceiving(_ turn: inout Turn?) -> Result<Void, Errno> {
    let policy = policy
    if policy.isPaused || isShutDown.load(ordering: .acquiring) { return .success(()) }
    let started: Result<Turn, Errno>
    switch policy.mode {
    case .manual: return .success(())
    case .blocking: started = startCalling { self.blockingLoop(policy, $0) }
    case .nonblocking: started = startCalling { self.askingLoop(policy, $0) }
    case .select, .poll, .epoll:
      let loop =
        parentLoop?(policy.mode)
        ?? ReadinessLoop(run, id: id, name: name, mode: policy.mode, timeout: policy.timeout)
      started = Turn.start(.connection(self), in: loop)
    }
    return started.map { turn = $0 }
  }

  /// - Parameter calls: returns true if the receiving side has ended.
  private func startCalling(_ calls: @escaping @Sendable (Turn) -> Bool) -> Result<Turn, Errno> {
    Turn.start(name, calls: calls) { hasEnded in if hasEnded { self.receivingEnded() } }
  }

  /// One recv(2) now, on a thread of its own, for a socket that nobody calls recv on.
  /// - Parameter done: is called when it has returned.
  /// - Returns: false if recv is being called already.
  public func receiveOnce(
    size: Int?, flags: MessageFlags?, done: @escaping @Sendable () -> Void
  ) -> Result<Bool, Errno> {
    let receive: @Sendable (Turn) -> Void = { turn in
      let policy = self.policy
      let receiver = self.makeReceiver()
      _ = receiver.receive(size ?? policy.size, flags: flags ?? policy.flags, in: turn)
      self.keep(receiver.memory)
    }
    let start: (inout Turn?) -> Result<Bool, Errno> = { turn in
      Turn.start(self.name, calls: receive, after: done).map {
        turn = $0
        return true
      }
    }
    // The thread that has recorded the end may not be over yet.
    return (hasEnded ? owner.change(to: .set, start) : owner.changeIfIdle(start)) ?? .success(false)
  }

  /// Ends the calls of recv(2) for good: the kernel may give the descriptor's number to another socket.
  func endReceiving() { owner.end() }

  /// The loop of every textbook: recv until it returns 0 or fails.
  private func blockingLoop(_ policy: ReceivePolicy, _ turn: Turn) -> Bool {
    let receiver = makeReceiver()
    var hasEnded = false
    while !hasEnded, !turn.isToEnd {
      let record = receiver.receive(policy.size, flags: policy.flags, in: turn)
      hasEnded = record.endsReceiving
      // recv with MSG_OOB does not wait for urgent data.
      let pause =
        policy.pace ?? (record.errno != nil && policy.flags.contains(.outOfBand) ? Self.interval : nil)
      if let pause, !hasEnded { turn.rest(pause) }
    }
    keep(receiver.memory)
    return hasEnded
  }

  /// Asks again and again without waiting; each EAGAIN is a record.
  private func askingLoop(_ policy: ReceivePolicy, _ turn: Turn) -> Bool {
    let receiver = makeReceiver()
    var hasEnded = false
    while !hasEnded, !turn.isToEnd {
      hasEnded = receiver.receive(policy.size, flags: policy.flags.union(.dontWait)).endsReceiving
      if !hasEnded { turn.rest(policy.pace ?? Self.interval) }
    }
    keep(receiver.memory)
    return hasEnded
  }

  /// How often `nonblocking` asks unless `--pace` says otherwise.
  private static let interval: Nanoseconds = 10_000_000

  /// - Parameter isEdge: its calls answer edges.
  func makeReceiver(isEdge: Bool = false) -> Receiver {
    receiving.withLock { receiving in
      Receiver(
        run, id: id, kind: kind, socket: socket, memory: receiving.memory,
        isTimed: receiving.policy.timeout != nil, isEdge: isEdge, call: receivingCall
      ) { sender in self.partner.withLock { $0 = sender } }
    }
  }

  func keep(_ memory: Receiver.Memory) { receiving.withLock { $0.memory = memory } }

  /// Told by whoever called recv(2) when the receiving side has ended and its turn is over.
  func receivingEnded() {
    guard atEnd == .close else { return }
    let session = run.journal.socket(id)?.info.parent
    run.close(id, of: session) { self.close(isReset: false) }
  }

  // MARK: Sending and ending, in the order asked for

  /// Plays a burst.
  /// - Parameter destination: of a bound datagram socket: whom to send to; nil is whom it heard from last.
  public func play(_ schedule: BurstSchedule, to destination: SocketAddress? = nil) {
    queue.add(
      .burst(BurstPlay(schedule, number: run.nextBurst(), to: destination, on: id, run: run)), on: self)
  }

  /// Whom a bound datagram socket heard from last.
  public var lastPartner: SocketAddress? { isBound ? partner.withLock { $0 } : nil }

  /// Sends bytes as they are, in one send() if the kernel takes them all.
  public func send(_ bytes: [UInt8]) { queue.add(.bytes(bytes), on: self) }

  /// Does something when all is done that was said to the sending side, before what is said next.
  public func afterwards(_ body: @escaping @Sendable () -> Void) { queue.add(.other(body), on: self) }

  public func shutdown(_ how: Ending) { queue.add(.shutdown(how), on: self) }

  public func close(isReset: Bool) { queue.add(.close(isReset: isReset), on: self) }

  /// True while nothing that was said to the sending side has still to be done.
  public var isIdle: Bool { queue.isIdle }

  /// Calls `body` once, when all is done that was said to the sending side: now, or from the sending thread.
  public func whenIdle(_ body: @escaping @Sendable () -> Void) { queue.whenIdle(body) }

  /// Waits until all is done that was said to the sending side.
  public func waitUntilIdle() { queue.waitUntilIdle() }

  /// Ends the burst under way where it is and drops those that wait; returns when all are reported.
  /// - Returns: false if there is no burst.
  public func stopBursts() -> Bool { queue.stopBursts() }

  /// Lets the schedule stand still. Nil if there is no burst, false if it is paused already.
  public func pauseBurst() -> Bool? { queue.pauseBurst() }

  /// Nil if there is no burst, false if it is not paused.
  public func resumeBurst() -> Bool? { queue.resumeBurst() }

  /// One select(2), poll(2) or epoll_wait(2) now, for all three conditions. Nil if it is closed.
  public func ask(_ call: WaitCallName, timeout: Nanoseconds) -> Result<Void, FailedCall>? {
    socket.look { $0.ask(call, timeout: timeout, on: id, run: run) }
  }

  /// Stops bursts, receiving and everything else, and closes.
  public func end() {
    queue.stop()
    close(isReset: false)
    waitUntilIdle()
  }

  /// Told when the record of the close is written.
  func closeWasRecorded() { registry.forget(name) }

  /// Calls close(2); nobody may be calling recv. Only the sending queue's thread does this.
  func closeNow() -> Result<Void, Errno> {
    closed.store(true, ordering: .releasing)
    file?.remove()
    return socket.close()
  }
}
