import Glibc
import SystemPackage
import Traffic

/// The target of a pair: connect(2) that the loop waits for.
extension RelayLoop {
  /// connect(2) that does not wait: the loop does.
  func connect(_ pair: RelayPair) {
    let target = pair.target
    set(target, socketSettings)
    _ = fcntl(target.descriptor, F_SETFL, O_NONBLOCK)
    // Without a name of its own the target could not tell whose connection it has.
    if relay.targetKind == .unix, pair.rules.up.needsProof { _ = target.socket.bind(.unnamedUnix) }
    run.willUse(port: pair.address.port)
    pair.connectStart = run.clock.now
    let result = target.socket.connect(pair.address)
    if result.errno?.rawValue == EINPROGRESS {
      target.isConnecting = true
    } else {
      connected(pair, result.errno)
    }
  }

  func finishConnect(_ pair: RelayPair) {
    pair.target.isConnecting = false
    let error = (try? pair.target.socket.option(SOL_SOCKET, SO_ERROR).get()) ?? 0
    let errno = error == 0 ? nil : Errno(rawValue: error)
    // A SYN is answered by a reset with ECONNREFUSED: this one came after the handshake, and bytes may be queued before it.
    // Having asked for it, recv(2) will return 0 in its place.
    if errno == .connectionReset || errno == .brokenPipe {
      pair.target.isResetTold = true
      connected(pair, nil)
      run.mark(
        pair.target.id, "SO_ERROR: \(errno?.phrase ?? ""), before the outcome of connect() was asked for")
    } else {
      connected(pair, errno)
    }
  }

  func connected(_ pair: RelayPair, _ errno: Errno?) {
    let target = pair.target
    let local = target.socket.localAddress?.text
    let peer = (errno == nil ? target.socket.peerAddress : nil)?.text ?? pair.address.text
    run.writer.update(target.id) { ($0.local, $0.peer) = (local, peer) }
    run.writer.append(
      .connect(target.id, from: pair.connectStart, to: run.clock.now, failed: errno, pair: pair.number),
      ConnectedEnds(local: errno == nil ? local : nil, peer: peer))
    if errno == nil {
      target.isConnected = true
      target.expectDelivery(target.socket.localAddress, relay.bell)
    } else if pair.goToNextAddress() {
      tryNext(pair)
    } else {
      refuse(pair)
    }
  }

  func tryNext(_ pair: RelayPair) {
    _ = call.watch(pair.target.descriptor, for: [])
    sides[pair.target.descriptor] = nil
    pair.target.interest = []
    switch Socket.make(family: pair.address.family, kind: relay.targetKind) {
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
  func refuse(_ pair: RelayPair) {
    _ = call.watch(pair.target.descriptor, for: [])
    sides[pair.target.descriptor] = nil
    close(pair, pair.client, isReset: true)
    pair.target.socket.close()
    relay.registry.forget(pair.target.name)
    forget(pair)
  }
}
