import Glibc
import SystemPackage
import Traffic

/// Opening clients.
extension SessionManager {
  /// Connects on a thread of its own: neither a name server nor a silent peer holds the caller up.
  /// - Parameter name: was reserved.
  /// - Returns: fails if no attempt is made.
  public func connect(_ address: AddressText, _ options: SessionOptions, as name: String) -> Result<
    Void, OpenFailure
  > {
    // A session's address is taken now: a later command may close it before the thread has begun.
    let known = ownAddress(address)
    let options = settled(options, for: address)
    let checked = known.map { check(address, $0, options.kind) } ?? .success(())
    return checked.flatMap {
      Thread.start(name) { self.connect(address, known, options, as: name) }
        .map { _ in }.mapError { OpenFailure(call: "pthread_create", object: name, errno: $0) }
    }
  }

  private func connect(
    _ address: AddressText, _ known: SocketAddress?, _ options: SessionOptions, as name: String
  ) {
    let id = run.writer.add(
      SocketInfo(name: name, kind: options.kind, role: .client, peer: address.text, policy: options.policy))
    let start = run.clock.now
    let resolved =
      known.map { .success([$0]) } ?? Resolver.resolve(address, kind: options.kind, isPassive: false)
    switch resolved.flatMap({ ways(to: $0, from: options.from, options.kind) }) {
    case .failure(let failure):
      fail(name, failure)
      // A mark: connect(2) was not called, and getaddrinfo(3) has errors of its own.
      unopened(id, failure, since: start)
    case .success(let ways):
      for (index, way) in ways.enumerated() {
        let isLast = index == ways.count - 1
        if connect(way.to, from: way.from, options, id: id, as: name, isLast: isLast) { return }
      }
    }
  }

  /// The addresses to try, each with the one to bind to before: of the same family, as IPv4 leads nowhere else.
  private func ways(
    to addresses: [SocketAddress], from own: AddressText?, _ kind: SocketKind
  ) -> Result<[(to: SocketAddress, from: SocketAddress?)], OpenFailure> {
    guard let own else { return .success(addresses.map { ($0, nil) }) }
    return Resolver.resolve(own, kind: kind, isPassive: true).flatMap { own in
      let ways = addresses.compactMap { address in
        own.first { $0.family == address.family }.map { (to: address, from: Optional($0)) }
      }
      let families = "\(addresses[0].text) and it are of two families"  // neither of both lists is empty
      return ways.isEmpty
        ? .failure(OpenFailure(call: "address", object: own[0].text, reason: families)) : .success(ways)
    }
  }

  /// One attempt: one kernel socket, one connect(2), one record.
  /// - Parameter own: what bind(2) gives it before.
  private func connect(
    _ address: SocketAddress, from own: SocketAddress?, _ options: SessionOptions, id: SocketID,
    as name: String, isLast: Bool
  ) -> Bool {
    func failed(_ call: String, _ errno: Errno) -> OpenFailure {
      let failure = OpenFailure(call: call, object: address.text, errno: errno)
      if isLast { fail(name, failure) }
      return failure
    }
    let socket: Socket
    switch Socket.make(family: address.family, kind: options.kind) {
    case .success(let made): socket = made
    case .failure(let errno):
      unopened(id, failed("socket", errno))
      return false
    }
    // Without a name of its own a Unix datagram socket can be sent no answer; the kernel makes one up. See unix(7).
    if options.kind == .unixDatagram, own == nil { _ = socket.bind(.unnamedUnix) }
    if case .failure(let refused) = socket.apply(options.socket.settings, on: id, run: run) {
      let failure = OpenFailure(call: "connect", object: address.text, reason: refused.message)
      fail(name, failure)
      unopened(id, OpenFailure(call: "setsockopt", object: address.text, reason: refused.message))
      return true
    }
    if let own, case .failure(let failure) = bind(socket, to: own) {
      if isLast { fail(name, failure) }
      run.writer.update(id) { $0.local = own.text }
      unopened(id, failure)
      return false
    }
    let file = own?.path.flatMap(SocketFile.claim)
    run.willUse(port: address.port)
    let start = run.clock.now
    let result = socket.connect(address)
    let record = Record.connect(id, from: start, to: run.clock.now, failed: result.errno)
    let local = socket.localAddress?.text
    // The kernel connects to 127.0.0.1 where 0.0.0.0 was asked for; getpeername(2) tells.
    let peer = (result.errno == nil ? socket.peerAddress : nil)?.text ?? address.text
    run.writer.update(id) {
      $0.local = local
      $0.peer = peer
    }
    switch result {
    case .success:
      socket.enableRecording(options.kind)
      let connection = Connection(
        run, id: id, name: name, socket: socket, options: options, file: file, registry: registry)
      connection.begin(record, ConnectedEnds(local: local, peer: peer).payload)
      return true
    case .failure(let errno):
      file?.remove()
      _ = failed("connect", errno)
      run.writer.append(record, ConnectedEnds(local: nil, peer: peer))
      return false
    }
  }

  /// Writes down that there is no socket, and why.
  func unopened(_ id: SocketID, _ failure: OpenFailure, since start: Nanoseconds? = nil) {
    let now = run.clock.now
    run.writer.append(
      .unopened(
        id, from: start ?? now, to: now, call: OpeningCall(name: failure.call), errno: failure.errno),
      text: failure.message + (start.map { ", after \(Units.duration(now - $0))" } ?? ""))
  }

  /// The address that a datagram of a socket goes to; a session's name stands for its address. May ask a name server.
  public func destination(_ address: AddressText, of connection: Connection) -> Result<
    SocketAddress, OpenFailure
  > {
    let addresses =
      ownAddress(address).map { known in check(address, known, connection.kind).map { [known] } }
      ?? Resolver.resolve(address, kind: connection.kind, isPassive: false)
    return addresses.map { addresses in
      // A name may lead to IPv6 first, and a socket that was bound to IPv4 cannot send there. It is never empty.
      let own = connection.socket.look(\.localAddress) ?? nil
      return addresses.first { $0.family == own?.family } ?? addresses[0]
    }
  }

  private func check(_ address: AddressText, _ known: SocketAddress, _ kind: SocketKind) -> Result<
    Void, OpenFailure
  > {
    Resolver.check(address, isUnix: known.family == AF_UNIX, for: kind)
  }

  /// The address of a session of this run, of a closed listener too; nil for every other address, and for a connection that
  /// is closed.
  func ownAddress(_ address: AddressText) -> SocketAddress? {
    guard case .session(let name) = address else { return nil }
    switch session(named: name) {
    case .open(let session): return session.ownAddress
    case .closed(let closed): return closed.address
    case .connecting, .failed, nil: return nil
    }
  }

  /// The client of a session is of the session's kind, unless it says otherwise.
  private func settled(_ options: SessionOptions, for address: AddressText) -> SessionOptions {
    guard !options.isKindKnown, case .session(let name) = address, let kind = kind(ofSession: name, address)
    else {
      return options
    }
    var options = options
    options.kind = kind
    return options
  }
}
