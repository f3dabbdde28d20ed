import CLinux
import Glibc
import SystemPackage
import Traffic

/// The one loop of a relay: wait until something is ready, accept or recv once on each that is, send what came at the other
/// side. It exists on one thread, which everybody asks through `Relay.ask`.
final class RelayLoop {
  /// FD_SETSIZE of C's select(2).
  private static let selectLimit: CInt = 1024
  private static let deafWait: Nanoseconds = 10_000_000
  /// A flow of datagrams that was silent for less is not ended for another one.
  private static let shortestFlow: Nanoseconds = 1_000_000_000
  /// What poll(2) and epoll_wait(2) cannot wait for: they count milliseconds.
  private static let millisecond: Nanoseconds = 1_000_000

  let relay: Relay
  let run: Run
  var options: SessionOptions
  private var call: any WaitCall
  private(set) var pairs: [Int: RelayPair] = [:]
  private var sides: [CInt: (pair: Int, end: RelayEnd)] = [:]
  /// Pairs that are to be looked at although nothing came for them.
  private var touched: Set<Int> = []
  private var timed: [Int: Nanoseconds] = [:]
  private var count = 0
  private(set) var isListening = true
  /// When accept(2) is called again after it failed for want of a resource.
  private var restEnd: Nanoseconds?
  private var isRestTold = false
  /// The socket for the next target, made before accept(2): no client is accepted that cannot be passed on.
  private var spare: Socket?
  /// Of datagrams: the socket for the next peer.
  private var spareFlow: Socket?
  private var isLimitTold = false
  /// Of datagrams: the receiver of the socket that all peers send to first, and the pair of each peer.
  private var receiver: Receiver?
  private var sender: SocketAddress?
  private var flows: [String: Int] = [:]

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
    var ready: [Ready] = []
    call.wait(timeout: patience(), ready: &ready, on: relay.id, run: run) { id(of: $0) }
    for found in ready {
      if found.descriptor == relay.bell.descriptor {
        relay.bell.clear()
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
      listen(options.policy.isPaused == false)
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
  /// - Parameter reset: the one that gets an RST; nil for none.
  func close(_ pair: RelayPair, reset: RelayEnd?) {
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

  private func close(_ pair: RelayPair, _ side: RelaySide, isReset: Bool) {
    _ = call.watch(side.descriptor, for: [])
    sides[side.descriptor] = nil
    side.close(isReset: isReset && side.kind == .tcp)
    relay.registry.forget(side.name)
  }

  private func forget(_ pair: RelayPair) {
    pairs[pair.number] = nil
    timed[pair.number] = nil
    touched.remove(pair.number)
    if let peer = pair.client.peer { flows[peer.text] = nil }
    relay.registry.forget(relay.name(of: pair.number))
  }

  /// Accepts nothing more.
  func stopListening() {
    guard isListening else { return }
    isListening = false
    _ = call.watch(relay.socket.descriptor, for: [])
    spare = nil
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

  // MARK: Opening

  private func takeNext() {
    if relay.isDatagram { return takeDatagram() }
    guard makeSpare() else { return }
    let start = run.clock.now
    switch relay.socket.accept() {
    case .success((let socket, let peer)):
      isRestTold = false
      open(socket, peer: peer, from: start, to: run.clock.now)
    case .failure(let errno):
      run.writer.append(.accept(relay.id, from: start, to: run.clock.now, failed: errno))
      if !errno.isPassing, errno != .connectionAbort { rest(after: "accept", errno) }
    }
  }

  private func makeSpare() -> Bool {
    do throws(Errno) {
      if spare == nil {
        spare = try Socket.make(family: relay.targets[0].family, kind: relay.targetKind).get()
      }
      if relay.isDatagram, spareFlow == nil {
        spareFlow = try Socket.make(family: relay.address.family, kind: relay.kind).get()
      }
      return true
    } catch {
      if relay.isDatagram, endSilentFlow() { return makeSpare() }
      rest(after: "socket", error)
      return false
    }
  }

  /// The connection stays in the backlog, so asking again at once would spin.
  private func rest(after call: String, _ errno: Errno) {
    restEnd = run.clock.now + Listener.rest
    listen(false)
    if isRestTold { return }
    isRestTold = true
    run.mark(
      relay.id,
      "\(call): \(errno.phrase), with \(pairs.count) pairs open: accept pauses, and is tried again each "
        + Units.duration(Listener.rest))
  }

  private func open(_ socket: Socket, peer: SocketAddress, from start: Nanoseconds, to end: Nanoseconds) {
    let pair = makePair(socket, peer)
    let left = relay.isDatagram ? -1 : cl_backlog(relay.socket.descriptor)
    adopt(pair)
    run.writer.append(
      .accept(
        relay.id, from: start, to: end, connection: pair.client.id, backlogLeft: left < 0 ? nil : Int(left),
        pair: pair.number))
    pair.client.isConnected = true
    set(pair.client, socketSettings)
    connect(pair)
    touched.insert(pair.number)
  }

  private func makePair(_ socket: Socket, _ peer: SocketAddress) -> RelayPair {
    count += 1
    let name = relay.name(of: count)
    let rules = options.relay.of(pair: count)
    func side(_ end: RelayEnd, _ socket: Socket, _ info: SocketInfo) -> RelaySide {
      let side = RelaySide(
        end, run.writer.add(info), info, socket, Passage(rules[end.way], capacity: rules.buffer),
        size: options.policy.size, run)
      sides[socket.descriptor] = (count, end)
      return side
    }
    let client = side(
      .client, socket,
      SocketInfo(
        name: "\(name).client", kind: options.kind, role: .accepted, parent: relay.id,
        local: socket.localAddress?.text, peer: peer.text, policy: options.policy))
    let target = side(
      .target, spare!,  // made before accept
      SocketInfo(
        name: "\(name).target", kind: relay.targetKind, role: .client, parent: relay.id, partner: client.id,
        peer: relay.targets[0].text, policy: options.policy))
    spare = nil
    let id = target.id
    run.writer.update(client.id) { $0.partner = id }
    let pair = RelayPair(count, client, target, rules, relay.targets[1...], run)
    if relay.isDatagram { (client.peer, flows[peer.text]) = (peer, count) }
    pairs[count] = pair
    return pair
  }

  private func adopt(_ pair: RelayPair) {
    let name = relay.name(of: pair.number)
    relay.registry.adopt(RelayedSession(relay, pair.number, nil, pair.client.id, name, pair.client.socket))
    for end in RelayEnd.allCases {
      let side = pair[end]
      relay.registry.adopt(RelayedSession(relay, pair.number, end, side.id, side.name, side.socket))
    }
  }

  /// What each socket is given: small segments at once, and what the options say.
  private var socketSettings: [Setting] {
    let own = options.socket.settings
    let mark = options.policy.lowWater.map { [Setting.lowWater($0)] } ?? []
    return (own.contains { $0.option == .nodelay } ? [] : [.noDelay(true)]) + own + mark
  }

  private func set(_ side: RelaySide, _ settings: [Setting]) {
    let fitting = settings.filter {
      $0.refusal(for: side.kind) == nil && !OptionRule.rule($0.option).isAboutBind
    }
    _ = side.socket.apply(fitting, on: side.id, run: run)
  }

  // MARK: The target

  /// connect(2) that does not wait: the loop does.
  private func connect(_ pair: RelayPair) {
    let target = pair.target
    let address = relay.targets[relay.targets.count - pair.addresses.count - 1]
    set(target, socketSettings)
    _ = fcntl(target.descriptor, F_SETFL, O_NONBLOCK)
    pair.connectStart = run.clock.now
    let result = target.socket.connect(address)
    if result.errno?.rawValue == EINPROGRESS {
      target.isConnecting = true
    } else {
      connected(pair, address, result.errno)
    }
  }

  private func finishConnect(_ pair: RelayPair) {
    pair.target.isConnecting = false
    let address = relay.targets[relay.targets.count - pair.addresses.count - 1]
    let error = (try? pair.target.socket.option(SOL_SOCKET, SO_ERROR).get()) ?? 0
    let errno = error == 0 ? nil : Errno(rawValue: error)
    // A SYN is answered by a reset with ECONNREFUSED: this one came after the handshake, and bytes may be queued before it.
    // Having asked for it, recv(2) will return 0 in its place.
    if errno == .connectionReset || errno == .brokenPipe {
      pair.target.isResetTold = true
      connected(pair, address, nil)
      run.mark(
        pair.target.id, "SO_ERROR: \(errno?.phrase ?? ""), before the outcome of connect() was asked for")
    } else {
      connected(pair, address, errno)
    }
  }

  private func connected(_ pair: RelayPair, _ address: SocketAddress, _ errno: Errno?) {
    let target = pair.target
    let local = target.socket.localAddress?.text
    let peer = (errno == nil ? target.socket.peerAddress : nil)?.text ?? address.text
    run.writer.update(target.id) { ($0.local, $0.peer) = (local, peer) }
    run.writer.append(
      .connect(target.id, from: pair.connectStart, to: run.clock.now, failed: errno, pair: pair.number),
      ConnectedEnds(local: errno == nil ? local : nil, peer: peer))
    if errno == nil {
      target.isConnected = true
    } else if pair.addresses.isEmpty {
      refuse(pair)
    } else {
      pair.addresses.removeFirst()
      tryNext(pair)
    }
  }

  private func tryNext(_ pair: RelayPair) {
    let address = relay.targets[relay.targets.count - pair.addresses.count - 1]
    _ = call.watch(pair.target.descriptor, for: [])
    sides[pair.target.descriptor] = nil
    pair.target.interest = []
    switch Socket.make(family: address.family, kind: relay.targetKind) {
    case .success(let socket):
      pair.target.adopt(socket)
      sides[socket.descriptor] = (pair.number, .target)
      connect(pair)
    case .failure(let errno):
      run.mark(pair.target.id, "socket: \(errno.phrase)")
      refuse(pair)
    }
  }

  /// There is no target: the client is told by an RST, as it would be without a relay.
  private func refuse(_ pair: RelayPair) {
    _ = call.watch(pair.target.descriptor, for: [])
    sides[pair.target.descriptor] = nil
    close(pair, pair.client, isReset: true)
    pair.target.socket.close()
    relay.registry.forget(pair.target.name)
    forget(pair)
  }

  // MARK: Datagrams

  /// One datagram of the socket that all peers send to first. Its peer gets a socket of its own, connected to it, which the
  /// kernel prefers from then on.
  private func takeDatagram() {
    guard let receiver, makeSpare() else { return }
    let start = run.clock.now
    let record = receiver.receive(options.policy.size, flags: .dontWait)
    guard record.result >= 0, let sender else { return }
    pass(
      Stray(sender: sender, bytes: Array(receiver.bytes), sequence: receiver.sequence, time: record.end),
      since: start)
  }

  private func pass(_ stray: Stray, since start: Nanoseconds? = nil) {
    guard makeSpare(), let pair = flow(of: stray.sender, since: start ?? stray.time) else { return }
    stray.bytes.withUnsafeBytes {
      pair.client.passage.receive($0, sequence: stray.sequence, at: stray.time, isDatagram: true)
    }
  }

  /// Makes room for another peer: the flow that was silent for the longest ends, if that was a second.
  private func endSilentFlow() -> Bool {
    guard let pair = pairs.values.max(by: { $0.silence < $1.silence }), pair.silence > Self.shortestFlow
    else {
      return false
    }
    run.mark(
      pair.client.id, "silent for \(Units.duration(pair.silence)): its sockets are wanted for another peer")
    close(pair, isReset: false)
    return true
  }

  private func flow(of peer: SocketAddress, since start: Nanoseconds) -> RelayPair? {
    if let pair = flows[peer.text].flatMap({ pairs[$0] }) {
      touched.insert(pair.number)
      pair.moved()
      return pair
    }
    guard let socket = spareFlow else { return nil }
    spareFlow = nil
    let connected = socket.set(SOL_SOCKET, SO_REUSEPORT, 1).flatMap { socket.bind(relay.address) }.flatMap {
      socket.connect(peer)
    }
    switch connected {
    case .success:
      open(socket, peer: peer, from: start, to: run.clock.now)
      return pairs[count]
    case .failure(let errno):
      run.mark(relay.id, "a datagram of \(peer.text) is not passed on: \(errno.phrase)")
      return nil
    }
  }
}
