import CLinux
import SystemPackage
import Traffic

/// The one loop of a relay: wait until something is ready, accept or recv once on each that is, send what came at the other
/// side. It exists on one thread, which everybody asks through `Relay.ask`.
final class RelayLoop {
  /// FD_SETSIZE of C's select(2).
  private static let selectLimit: CInt = 1024
  private static let deafWait: Nanoseconds = 10_000_000
  /// What poll(2) and epoll_wait(2) cannot wait for: they count milliseconds.
  private static let millisecond: Nanoseconds = 1_000_000

  let relay: Relay
  let run: Run
  var options: SessionOptions
  var call: any WaitCall
  var pairs: [Int: RelayPair] = [:]
  var sides: [CInt: (pair: Int, end: RelayEnd)] = [:]
  /// Pairs that are to be looked at although nothing came for them.
  var touched: Set<Int> = []
  private var timed: [Int: Nanoseconds] = [:]
  /// Pairs that may go on when the bell rings.
  private var proving: Set<Int> = []
  var count = 0
  private(set) var isListening = true
  /// When accept(2) is called again after it failed for want of a resource.
  var restEnd: Nanoseconds?
  var isRestTold = false
  /// The socket for the next target, made before accept(2): no client is accepted that cannot be passed on.
  var spare: Socket?
  /// Of datagrams: the socket for the next peer.
  var spareFlow: Socket?
  private var isLimitTold = false
  /// Of datagrams: the receiver of the socket that all peers send to first, and the pair of each peer.
  var receiver: Receiver?
  var sender: SocketAddress?
  var flows: [String: Int] = [:]

  init(_ relay: Relay, _ options: SessionOptions) throws(Errno) {
    self.relay = relay
    self.options = options
    run = relay.run
    call = try Self.makeCall(options.policy.mode)
    if relay.isDatagram {
      receiver = Receiver(
        run, id: relay.id, kind: options.kind, socket: relay.socket, memory: .init(), isTimed: false
      ) { [unowned self] in sender = $0 }
    }
    _ = call.add(relay.bell.descriptor)
    _ = call.add(relay.socket.descriptor)
  }

  private static func makeCall(_ mode: ReceivePolicy.Mode) throws(Errno) -> any WaitCall {
    switch mode {
    case .epoll: try EpollCall()
    case .poll: PollCall()
    case .select, .blocking, .nonblocking, .manual: SelectCall()
    }
  }

  var isOver: Bool { !isListening && pairs.isEmpty }

  /// One turn of the loop.
  func turn() {
    advanceTouched()
    // Nothing would end the wait.
    if isOver { return }
    var ready: [Ready] = []
    call.wait(timeout: patience(), ready: &ready, on: relay.id, run: run) { id(of: $0) }
    for found in ready {
      if found.descriptor == relay.bell.descriptor {
        relay.bell.clear()
        touched.formUnion(proving)
      } else if found.descriptor == relay.socket.descriptor {
        if isListening, !options.policy.isPaused { takeNext() }
      } else if let (number, end) = sides[found.descriptor], let pair = pairs[number] {
        serve(pair, pair[end], found)
      }
    }
    let now = run.clock.now
    for (number, time) in timed where time <= now { touched.insert(number) }
    if let restEnd, now >= restEnd {
      self.restEnd = nil
      listen(!options.policy.isPaused)
    }
    advanceTouched()
  }

  private func id(of descriptor: CInt) -> SocketID? {
    if descriptor == relay.socket.descriptor { return relay.id }
    return sides[descriptor].flatMap { side in pairs[side.pair].map { $0[side.end].id } }
  }

  /// How long the wait may last. What is less than poll(2) can count is waited for before.
  private func patience() -> Nanoseconds? {
    let now = run.clock.now
    let due = [timed.values.min(), restEnd].compactMap { $0 }.min()
    var limit = due.map { max(0, $0 - now) }
    if let short = limit, short > 0, short < Self.millisecond, options.policy.mode != .select {
      call.rest(until: cl_monotonic() + short)
      limit = 0
    }
    // Without a descriptor for the bell nobody can end the wait.
    if relay.bell.descriptor < 0 { limit = min(limit ?? .max, Self.deafWait) }
    return limit
  }

  private func serve(_ pair: RelayPair, _ side: RelaySide, _ found: Ready) {
    if side.isConnecting {
      finishConnect(pair)
    } else {
      if found.isWritable { side.isFull = false }
      if side.isReadable, found.isReadable || found.isExceptional {
        if let stray = side.receive(found) { pass(stray) }
        pair.moved()
      }
    }
    touched.insert(pair.number)
  }

  // MARK: Passing on

  func touch(_ pair: RelayPair) { touched.insert(pair.number) }

  private func advanceTouched() {
    let now = touched
    touched = []
    for number in now {
      guard let pair = pairs[number] else { continue }
      switch pair.advance() {
      case .open:
        timed[number] = pair.due
        if pair.awaitsProof { proving.insert(number) } else { proving.remove(number) }
        for end in RelayEnd.allCases { watch(pair, pair[end]) }
      case .done: close(pair, isReset: false)
      case .reset(let end): close(pair, reset: end.other)
      case .silent:
        run.mark(pair.client.id, "silent for \(Units.duration(pair.silence)): the pair is closed")
        close(pair, isReset: false)
      }
    }
  }

  private func watch(_ pair: RelayPair, _ side: RelaySide) {
    var interest: Interest = []
    let other = pair[side.end.other]
    if side.isReadable, other.isConnected, !other.isBroken { interest.insert(.reading) }
    if side.isConnecting || side.isFull { interest.insert(.writing) }
    if interest == side.interest { return }
    side.interest = interest
    if case .failure(let errno) = call.watch(side.descriptor, for: interest) {
      run.mark(side.id, "it cannot be waited for: \(errno.name)")
    }
    if !isLimitTold, options.policy.mode == .select, side.descriptor >= Self.selectLimit {
      isLimitTold = true
      run.mark(
        relay.id,
        "descriptor \(side.descriptor) is beyond FD_SETSIZE (1024): a C program's select() would write past "
          + "its sets. recvscope's sets are longer; --mode poll or epoll has no such limit")
    }
  }

  // MARK: Ending

  /// Closes both sockets.
  /// - Parameter reset: the one that gets an RST.
  func close(_ pair: RelayPair, reset: RelayEnd) {
    for end in RelayEnd.allCases { close(pair, pair[end], isReset: end == reset) }
    forget(pair)
  }

  /// - Parameter isReset: both get an RST; otherwise one whose peer did not get all that was sent to it does, so that nobody
  ///   takes it for the whole.
  func close(_ pair: RelayPair, isReset: Bool) {
    for end in RelayEnd.allCases {
      close(pair, pair[end], isReset: isReset || pair[end.other].passage.inside > 0)
    }
    forget(pair)
  }

  func close(_ pair: RelayPair, _ side: RelaySide, isReset: Bool) {
    _ = call.watch(side.descriptor, for: [])
    sides[side.descriptor] = nil
    side.close(isReset: isReset && side.kind == .tcp)
    relay.registry.forget(side.name)
  }

  func forget(_ pair: RelayPair) {
    pairs[pair.number] = nil
    timed[pair.number] = nil
    proving.remove(pair.number)
    touched.remove(pair.number)
    if let peer = pair.client.peer { flows[peer.text] = nil }
    relay.registry.forget(relay.name(of: pair.number))
  }

  /// Accepts nothing more.
  func stopListening() {
    guard isListening else { return }
    isListening = false
    _ = call.watch(relay.socket.descriptor, for: [])
    (spare, spareFlow) = (nil, nil)
    relay.closeListening()
  }

  /// Whether new connections are taken.
  func listen(_ isWanted: Bool) {
    if isListening {
      _ = call.watch(relay.socket.descriptor, for: isWanted && restEnd == nil ? .reading : [])
    }
  }

  /// Waits by another call from now on.
  func change(_ mode: ReceivePolicy.Mode) -> Result<Void, Errno> {
    do throws(Errno) {
      call = try Self.makeCall(mode)
    } catch {
      return .failure(error)
    }
    _ = call.add(relay.bell.descriptor)
    listen(!options.policy.isPaused)
    for pair in pairs.values {
      for end in RelayEnd.allCases {
        pair[end].interest = []
        watch(pair, pair[end])
      }
    }
    return .success(())
  }
}
