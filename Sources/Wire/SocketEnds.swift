import Traffic

/// Which socket of the run has which ends, as the journal tells it.
struct SocketEnds {
  private struct Pair: Hashable {
    var transport: SegmentHeader.Transport
    var local: WireEndpoint
    var peer: WireEndpoint
  }

  private struct Port: Hashable {
    var transport: SegmentHeader.Transport
    var port: UInt16
  }

  private struct Peer: Hashable {
    var transport: SegmentHeader.Transport
    var peer: WireEndpoint
  }

  /// Where a socket is entered.
  private struct Places {
    var pair: Pair?
    /// Of a listener, or a datagram socket that receives from anyone.
    var port: Port?
    /// Whom a client called. Its own port changes with each connect(2) that fails.
    var called: Peer?
  }

  private var connected: [Pair: SocketID] = [:]
  private var bound: [Port: [(endpoint: WireEndpoint, socket: SocketID)]] = [:]
  /// Until when the calls of each have been given what they sent.
  private var callers: [Peer: [SocketID: Nanoseconds]] = [:]
  private var places: [SocketID: Places] = [:]
  /// Of the journal, as far as it was read.
  private var version = -1

  /// Reads what has changed in a journal.
  /// - Returns: false if nothing has.
  mutating func update(from journal: Journal) -> Bool {
    let now = journal.extent.socketsVersion
    if now == version { return false }
    let changed = version < 0 ? nil : journal.sockets(changedSince: version)
    version = now
    for id in changed ?? journal.sockets { note(id, journal.socket(id)?.info) }
    return true
  }

  private mutating func note(_ id: SocketID, _ info: SocketInfo?) {
    let served = forget(id)
    guard let info else { return }
    let local = info.local.flatMap { WireEndpoint($0) }
    let transport: SegmentHeader.Transport
    switch info.kind {
    case .tcp: transport = .tcp
    case .udp: transport = .udp
    case .unix, .unixDatagram, .seqpacket: return
    }
    var places = Places()
    if let peer = info.peer.flatMap({ WireEndpoint($0) }) {
      if info.role == .client {
        let peer = Peer(transport: transport, peer: peer)
        callers[peer, default: [:]][id] = served?.peer == peer ? served?.time : .min
        places.called = peer
      }
      if let local, local.port != 0, !local.isWildcard {
        let pair = Pair(transport: transport, local: local, peer: peer)
        // Of two that have had the same ends the later one is meant.
        if connected[pair].map({ $0.value <= id.value }) ?? true {
          connected[pair] = id
          places.pair = pair
        }
      }
    } else if let local, info.role == .listener || info.role == .bound {
      let port = Port(transport: transport, port: local.port)
      bound[port, default: []].append((local, id))
      places.port = port
    }
    self.places[id] = places
  }

  /// - Returns: whom it called, and until when it has been given what it sent.
  @discardableResult
  private mutating func forget(_ id: SocketID) -> (peer: Peer, time: Nanoseconds)? {
    guard let old = places.removeValue(forKey: id) else { return nil }
    if let pair = old.pair, connected[pair] == id { connected[pair] = nil }
    if let port = old.port {
      bound[port]?.removeAll { $0.socket == id }
      if bound[port]?.isEmpty == true { bound[port] = nil }
    }
    guard let peer = old.called, let time = callers[peer]?.removeValue(forKey: id) else { return nil }
    if callers[peer]?.isEmpty == true { callers[peer] = nil }
    return (peer, time)
  }

  /// The socket with these two ends.
  func connected(
    _ transport: SegmentHeader.Transport, _ local: WireEndpoint, _ peer: WireEndpoint
  ) -> SocketID? {
    connected[Pair(transport: transport, local: local, peer: peer)]
  }

  /// The client that called an endpoint and came to nothing; each of its calls once.
  /// - Parameter call: when the connect(2) of a socket that is meant returned, if there is one that began after a time.
  mutating func takeCaller(
    _ transport: SegmentHeader.Transport, _ peer: WireEndpoint,
    _ call: (_ socket: SocketID, _ after: Nanoseconds) -> Nanoseconds?
  ) -> SocketID? {
    let peer = Peer(transport: transport, peer: peer)
    for (socket, after) in callers[peer] ?? [:] {
      guard let end = call(socket, after) else { continue }
      callers[peer]?[socket] = max(after, end)
      return socket
    }
    return nil
  }

  /// The listener that a connection comes to, or a datagram socket that is not connected.
  func bound(
    _ transport: SegmentHeader.Transport, _ local: WireEndpoint, where isOpen: (SocketID) -> Bool
  ) -> SocketID? {
    let all = (bound[Port(transport: transport, port: local.port)] ?? [])
      .filter { $0.endpoint.takes(local) && isOpen($0.socket) }
    return (all.last { !$0.endpoint.isWildcard } ?? all.last)?.socket
  }
}
