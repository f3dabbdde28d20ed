import DequeModule

/// Which sockets of a run are the two ends of one connection.
///
/// Found by addresses alone: the local one of each is the peer of the other. Where several sockets have the same
/// two, as unnamed Unix clients of one listener do, the first is paired with the first, the second with the
/// second, and so on, as connect(2) queues and accept(2) takes them; and none is while one of them lacks its peer.
struct PeerIndex {
  private struct Ends: Hashable {
    var kind: SocketKind
    var local: String
    var peer: String

    /// Nil for a socket that is no end of a connection, or while one of its ends is unknown.
    init?(_ info: SocketInfo) {
      guard info.role == .accepted || info.role == .client,
        let local = info.local.map(AddressForm.plain), let peer = info.peer.map(AddressForm.plain),
        local != peer
      else { return nil }
      (kind, self.local, self.peer) = (info.kind, local, peer)
    }

    var reversed: Ends {
      var ends = self
      (ends.local, ends.peer) = (peer, local)
      return ends
    }
  }

  /// The sockets with the same ends, in order. A socket's rank is its place among all there were.
  private struct Group {
    /// Sockets that went from the front.
    var gone = 0
    /// Nil where a later one went.
    var sockets: Deque<SocketID?> = []

    var count: Int { gone + sockets.count }
  }

  private var groups: [Ends: Group] = [:]

  /// - Returns: the socket's rank; nil if it is no end of a connection.
  mutating func add(_ id: SocketID, _ info: SocketInfo) -> Int? {
    guard let ends = Ends(info) else { return nil }
    groups[ends, default: Group()].sockets.append(id)
    return groups[ends].map { $0.count - 1 }
  }

  /// - Parameter rank: as `add` gave it.
  mutating func remove(_ info: SocketInfo, _ rank: Int?) {
    guard let rank, let ends = Ends(info), var group = groups[ends] else { return }
    group.sockets[rank - group.gone] = nil
    while let first = group.sockets.first, first == nil {
      group.sockets.removeFirst()
      group.gone += 1
    }
    // Ranks go on while the other side still has some.
    let isLast = group.sockets.isEmpty && groups[ends.reversed]?.sockets.isEmpty != false
    groups[ends] = isLast ? nil : group
    if isLast { groups[ends.reversed] = nil }
  }

  /// The other end; nil if it is no socket of this run, or it is not certain which.
  func peer(of info: SocketInfo, _ rank: Int) -> SocketID? {
    guard let ends = Ends(info), let own = groups[ends], let others = groups[ends.reversed],
      own.count == others.count, others.sockets.indices.contains(rank - others.gone)
    else { return nil }
    return others.sockets[rank - others.gone]
  }
}
