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

  private enum Place {
    case connected(Pair)
    /// A listener, or a datagram socket that receives from anyone.
    case bound(Port)
    /// A client whose own address is not known: connect(2) has not returned, or failed.
    case unconnected(Peer)
  }

  private struct Peer: Hashable {
    var transport: SegmentHeader.Transport
    var peer: WireEndpoint
  }

  private var connected: [Pair: SocketID] = [:]
  private var bound: [Port: [(endpoint: WireEndpoint, socket: SocketID)]] = [:]
  private var unconnected: [Peer: [SocketID]] = [:]
  private var places: [SocketID: Place] = [:]
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
    forget(id)
    guard let info else { return }
    let local = info.local.flatMap { WireEndpoint($0) }
    let transport: SegmentHeader.Transport
    switch info.kind {
    case .tcp: transport = .tcp
    case .udp: transport = .udp
    case .unix, .unixDatagram, .seqpacket: return
    }
    if let peer = info.peer.flatMap({ WireEndpoint($0) }) {
      guard let local, local.port != 0, !local.isWildcard else {
        let peer = Peer(transport: transport, peer: peer)
        unconnected[peer, default: []].append(id)
        places[id] = .unconnected(peer)
        return
      }
      let pair = Pair(transport: transport, local: local, peer: peer)
      // Of two that have had the same ends the later one is meant.
      if let other = connected[pair], other.value > id.value { return }
      connected[pair] = id
      places[id] = .connected(pair)
    } else if let local, info.role == .listener || info.role == .bound {
      let port = Port(transport: transport, port: local.port)
      bound[port, default: []].append((local, id))
      places[id] = .bound(port)
    }
  }

  private mutating func forget(_ id: SocketID) {
    switch places.removeValue(forKey: id) {
    case .connected(let pair): if connected[pair] == id { connected[pair] = nil }
    case .bound(let port):
      bound[port]?.removeAll { $0.socket == id }
      if bound[port]?.isEmpty == true { bound[port] = nil }
    case .unconnected(let peer):
      unconnected[peer]?.removeAll { $0 == id }
      if unconnected[peer]?.isEmpty == true { unconnected[peer] = nil }
    case nil: break
    }
  }

  /// The socket with these two ends; one of UDP that is not connected may have them all.
  func socket(_ transport: SegmentHeader.Transport, _ local: WireEndpoint, _ peer: WireEndpoint) -> SocketID?
  {
    connected[Pair(transport: transport, local: local, peer: peer)]
      ?? (transport == .udp ? bound(transport, local) : nil)
  }

  /// The client that came to nothing at an endpoint, the oldest first; each once.
  mutating func takeUnconnected(_ transport: SegmentHeader.Transport, _ peer: WireEndpoint) -> SocketID? {
    let socket = unconnected[Peer(transport: transport, peer: peer)]?.first
    if let socket { forget(socket) }
    return socket
  }

  /// The listener that a connection comes to, or a datagram socket that is not connected.
  func bound(_ transport: SegmentHeader.Transport, _ local: WireEndpoint) -> SocketID? {
    let all = bound[Port(transport: transport, port: local.port)] ?? []
    return all.last { !$0.endpoint.isWildcard && $0.endpoint.takes(local) }?.socket
      ?? all.last { $0.endpoint.takes(local) }?.socket
  }
}
