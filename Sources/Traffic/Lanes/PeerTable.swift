/// Which sockets of a run are the two ends of one connection.
///
/// Found by addresses alone: the local one of each is the peer of the other. Where several sockets have the same
/// two, as unnamed Unix clients of one listener do, the first is paired with the first, the second with the
/// second, and so on, as connect(2) queues and accept(2) takes them; and none is while one of them lacks its peer.
public struct PeerTable: Sendable {
  private struct Ends: Hashable {
    var kind: SocketKind
    var local: String
    var peer: String
  }

  private var peers: [SocketID: SocketID] = [:]

  /// - Parameter sockets: the run's table, in order; see `Journal.sockets`.
  public init(_ sockets: [SocketInfo]) {
    var groups: [Ends: [SocketID]] = [:]
    for (place, info) in sockets.enumerated() where info.role == .accepted || info.role == .client {
      guard let local = info.local, let peer = info.peer else { continue }
      groups[Ends(kind: info.kind, local: local, peer: peer), default: []].append(SocketID(UInt32(place)))
    }
    for (ends, sockets) in groups where ends.local != ends.peer {
      let others = groups[Ends(kind: ends.kind, local: ends.peer, peer: ends.local)] ?? []
      guard others.count == sockets.count else { continue }
      for (socket, other) in zip(sockets, others) { peers[socket] = other }
    }
  }

  /// The other end of a connection; nil if it is no socket of this run, or it is not certain which.
  public subscript(socket: SocketID) -> SocketID? { peers[socket] }
}

extension Journal {
  /// The other end of a connection; nil if it is no socket of this run, or it is not certain which.
  ///
  /// Looks at all sockets; who asks often keeps a `PeerTable`.
  public func peer(of socket: SocketID) -> SocketID? { PeerTable(sockets)[socket] }
}
