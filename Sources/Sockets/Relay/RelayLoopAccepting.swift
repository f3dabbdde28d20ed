import CLinux
import SystemPackage
import Traffic

/// accept(2), and what a new pair is made of.
extension RelayLoop {
  func takeNext() {
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

  func makeSpare() -> Bool {
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
  func rest(after call: String, _ errno: Errno) {
    restEnd = run.clock.now + Listener.rest
    listen(false)
    if isRestTold { return }
    isRestTold = true
    run.mark(
      relay.id,
      "\(call): \(errno.phrase), with \(pairs.count) pairs open: accept pauses, and is tried again each "
        + Units.duration(Listener.rest))
  }

  func open(_ socket: Socket, peer: SocketAddress, from start: Nanoseconds, to end: Nanoseconds) {
    let pair = makePair(socket, peer)
    let left = relay.isDatagram ? -1 : cl_backlog(relay.socket.descriptor)
    adopt(pair)
    pair.client.expectDelivery(peer, relay.bell)
    run.writer.append(
      .accept(
        relay.id, from: start, to: end, connection: pair.client.id, backlogLeft: left < 0 ? nil : Int(left),
        pair: pair.number))
    pair.client.isConnected = true
    set(pair.client, socketSettings)
    connect(pair)
    touched.insert(pair.number)
  }

  func makePair(_ socket: Socket, _ peer: SocketAddress) -> RelayPair {
    count += 1
    let name = relay.name(of: count)
    let rules = options.relay.of(pair: count)
    func side(_ end: RelayEnd, _ socket: Socket, _ info: SocketInfo) -> RelaySide {
      let side = RelaySide(
        end, run.writer.add(info), info, socket, Passage(rules[end.way], capacity: rules.buffer),
        size: options.policy.size, relay.sight, run)
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
    let pair = RelayPair(count, client, target, rules, relay.targets, run)
    if relay.isDatagram { (client.peer, flows[peer.text]) = (peer, count) }
    pairs[count] = pair
    return pair
  }

  func adopt(_ pair: RelayPair) {
    let name = relay.name(of: pair.number)
    relay.registry.adopt(RelayedSession(relay, pair.number, nil, pair.client.id, name, pair.client.socket))
    for end in RelayEnd.allCases {
      let side = pair[end]
      relay.registry.adopt(RelayedSession(relay, pair.number, end, side.id, side.name, side.socket))
    }
  }

  /// What each socket is given: small segments at once, and what the options say.
  var socketSettings: [Setting] {
    let own = options.socket.settings
    let mark = options.policy.lowWater.map { [Setting.lowWater($0)] } ?? []
    return (own.contains { $0.option == .nodelay } ? [] : [.noDelay(true)]) + own + mark
  }

  func set(_ side: RelaySide, _ settings: [Setting]) {
    let fitting = settings.filter {
      $0.refusal(for: side.kind) == nil && !OptionRule.rule($0.option).isAboutBind
    }
    _ = side.socket.apply(fitting, on: side.id, run: run)
  }
}
