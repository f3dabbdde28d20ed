import Glibc
import SystemPackage
import Traffic

/// Opening relays.
extension SessionManager {
  /// Opens a relay and begins to accept.
  /// - Parameters:
  ///   - target: where to pass on to; a session's name stands for its address. May ask a name server.
  ///   - name: was reserved.
  ///   - sight: sees what the programs that are watched receive, those that are started later too.
  public func relay(
    _ address: AddressText, to target: AddressText, _ options: SessionOptions, as name: String,
    sight: any DeliverySight
  ) -> Result<Void, OpenFailure> {
    let targetKind = kind(of: target, options.kind)
    let result: Result<Void, OpenFailure> = Resolver.resolve(address, kind: options.kind, isPassive: true)
      .flatMap { own in
        targets(target, targetKind).flatMap { targets in
          // getaddrinfo gives at least one address when it succeeds.
          open(own[0], to: targets, targetKind, Self.text(target, targets), options, as: name, sight)
        }
      }
    if case .failure(let failure) = result { fail(name, failure) }
    return result
  }

  /// A session's name is not where it is: its address is.
  private static func text(_ target: AddressText, _ addresses: [SocketAddress]) -> String {
    if case .session = target { addresses[0].text } else { target.text }
  }

  private func kind(of target: AddressText, _ kind: SocketKind) -> SocketKind {
    switch target {
    case .inet: kind == .udp ? .udp : .tcp
    case .path, .abstract: .unix
    case .session(let name): self.kind(ofSession: name, target) ?? kind
    }
  }

  func kind(ofSession name: String, _ target: AddressText) -> SocketKind? {
    let kind = run.journal.socket(named: name).flatMap { run.journal.socket($0)?.info.kind }
    // A watched program is of no kind; its listener is.
    return kind?.isUnix == false && ownAddress(target)?.family == AF_UNIX ? .unix : kind
  }

  private func targets(_ target: AddressText, _ kind: SocketKind) -> Result<[SocketAddress], OpenFailure> {
    if case .inet(_, port: 0) = target {
      return .failure(OpenFailure(call: "relay", object: target.text, reason: "nobody listens at port 0"))
    }
    if let known = ownAddress(target) { return .success([known]) }
    return Resolver.resolve(target, kind: kind, isPassive: false)
  }

  private func open(
    _ address: SocketAddress, to targets: [SocketAddress], _ targetKind: SocketKind, _ target: String,
    _ options: SessionOptions, as name: String, _ sight: any DeliverySight
  ) -> Result<Void, OpenFailure> {
    func refused(_ reason: String) -> Result<Void, OpenFailure> {
      .failure(OpenFailure(call: "relay", object: target, reason: reason))
    }
    guard targetKind.keepsBoundaries == options.kind.keepsBoundaries, targetKind != .seqpacket else {
      return refused(
        "a \(targetKind.rawValue) socket; a relay of \(options.kind.rawValue) cannot pass on to it")
    }
    var options = options
    options.relay.settle(seed: UInt64.random(in: 0..<1 << 32))
    let isDatagram = options.kind == .udp
    let id = run.writer.add(
      SocketInfo(
        name: name, kind: options.kind, role: isDatagram ? .bound : .listener, target: target,
        local: address.text, isExposed: !address.isLoopback, policy: options.policy))
    var binding = options
    // Each flow has a socket with the same address.
    if isDatagram, options.socket[.reuseport] == nil { binding.socket.set(.reusePort(true)) }
    binding.socket = binding.socket.aboutBind
    let result = bind(address, binding, id: id).flatMap { socket -> Result<Void, OpenFailure> in
      let file = address.path.flatMap(SocketFile.claim)
      let own = socket.localAddress ?? address
      let backlog = options.backlog ?? Int(SOMAXCONN)
      if let loop = targets.first(where: { $0.isReached(by: own) }) {
        file?.remove()
        return refused("\(loop.text) is where it listens itself: it would pass on to itself for ever")
      }
      run.willUse(port: own.port)
      if !isDatagram, case .failure(let errno) = socket.listen(backlog: backlog) {
        file?.remove()
        return .failure(OpenFailure(call: "listen", object: address.text, errno: errno))
      }
      let local = own.text
      run.writer.update(id) { $0.local = local }
      if isDatagram { socket.enableRecording(.udp) }
      let relay = Relay(
        run, id: id, name: name, socket: socket, address: own, file: file, kind: options.kind,
        targets: targets,
        targetKind: targetKind, registry: registry, sight: sight)
      registry.adopt(relay)
      run.writer.append(
        .listen(id, at: run.clock.now, backlog: isDatagram ? 0 : backlog, seed: options.relay.up.seed),
        text: local)
      return relay.start(options)
    }
    if case .failure(let failure) = result {
      fail(name, failure)
      unopened(id, failure)
    }
    return result
  }

  /// Closes what relays have open: what is inside is told as not passed on.
  public func endRelays() {
    for session in table.withLock({ $0.sessions }) where session is Relay || session is RelayedSession {
      session.end()
    }
  }
}
