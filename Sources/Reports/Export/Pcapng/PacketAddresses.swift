import Traffic

/// Gives the two ends of a socket their addresses in a capture.
///
/// They are the real ones as long as no other conversation in the file has them: where both ends of a connection are of the run,
/// the calls of each are a conversation of its own, and the same addresses twice would be retransmissions to whoever reads them. The
/// second one gets made-up hosts and keeps its ports, and so does what has no IP addresses at all.
struct PacketAddresses {
  typealias Ends = (own: WireEndpoint, peer: WireEndpoint)

  private struct Pair: Hashable { var first, second: WireEndpoint }

  /// 127.1.0.1, and on from there.
  private static let first: UInt32 = 0x7f01_0001
  /// Ports of what has none: no dissector wants them.
  private static let ports: (own: UInt16, peer: UInt16) = (60_001, 60_002)

  private var used: Set<Pair> = []
  private var madeUp: UInt32 = 0

  /// The ends of a conversation of TCP.
  /// - Returns: the ends, and whether their hosts are made up.
  mutating func ends(_ info: SocketInfo?) -> (ends: Ends, isMadeUp: Bool) {
    let own = info?.local.flatMap(WireEndpoint.init)
    let peer = info?.peer.flatMap(WireEndpoint.init)
    if let own, let peer, !own.isWildcard, !peer.isWildcard, own != peer, take(own, peer) {
      return ((own, peer), false)
    }
    return (next(own?.port ?? Self.ports.own, peer?.port ?? Self.ports.peer), true)
  }

  /// The ends of datagrams, which may have the same addresses as others.
  mutating func ends(of info: SocketInfo?, with peer: String?) -> (ends: Ends, isMadeUp: Bool) {
    let own = info?.local.flatMap(WireEndpoint.init)
    guard let peer = (peer ?? info?.peer).flatMap(WireEndpoint.init), let own else {
      return (next(Self.ports.own, Self.ports.peer), true)
    }
    // It is bound to every address: the one it was reached at is not known, but that loopback talks to loopback.
    let isLocal = own.isWildcard && peer.isLoopback
    return ((isLocal ? peer.at(port: own.port) : own, peer), false)
  }

  private mutating func take(_ own: WireEndpoint, _ peer: WireEndpoint) -> Bool {
    let isFirst = own.isOrdered(before: peer)
    return used.insert(isFirst ? Pair(first: own, second: peer) : Pair(first: peer, second: own)).inserted
  }

  private mutating func next(_ own: UInt16, _ peer: UInt16) -> Ends {
    defer { madeUp += 2 }
    return (
      WireEndpoint(ipv4: Self.first + madeUp, port: own),
      WireEndpoint(ipv4: Self.first + madeUp + 1, port: peer)
    )
  }
}
