import Traffic

/// The lanes that belong to a socket: each way of its connection, the sender above the receiver.
struct LaneSet: Sendable {
  /// By direction of the connection. A way has as many lanes as there is to see of the same bytes: one, if the other end
  /// is not in this run; four, if a relay of this run lies between two that are.
  let ways: [[Lane]]

  var lanes: [Lane] { ways.flatMap { $0 } }

  /// Number of the way that an item's bytes go; nil if it moves none, or stands in none.
  func way(of item: Item) -> Int? {
    if case .record(let record, _) = item, let track = Track(segment: record) {
      return ways.firstIndex { way in
        way.contains { $0.socket == item.socket && $0.track.direction == track.direction }
      }
    }
    guard let stretch = item.stretch else { return nil }
    let lane = Lane(socket: stretch.socket, track: Track(stretch.direction))
    return ways.firstIndex { $0.contains(lane) }
  }
}

extension LaneSet {
  init(_ socket: SocketID, _ sockets: SocketTable, _ messages: MessageIndex) {
    let peer = sockets.peer(of: socket)
    if let relayed = [socket, peer].lazy.compactMap({ $0 }).first(where: { sockets.info($0)?.partner != nil })
    {
      self = Self.relayed(relayed, sockets, messages)
      return
    }
    // The client's bytes come first, whichever end is selected.
    let isClient = sockets.info(socket)?.role == .client
    let (first, second): (SocketID?, SocketID?) = isClient ? (socket, peer) : (peer, socket)
    self.init(
      [
        Self.way(from: first, to: second, sockets, messages),
        Self.way(from: second, to: first, sockets, messages),
      ], sockets)
  }

  /// - Parameter socket: of a relay's pair.
  private static func relayed(
    _ socket: SocketID, _ sockets: SocketTable, _ messages: MessageIndex
  ) -> LaneSet {
    let partner = sockets.info(socket)?.partner ?? socket
    let isClient = sockets.info(socket)?.role == .accepted
    let (client, target) = isClient ? (socket, partner) : (partner, socket)
    let (near, far) = (sockets.peer(of: client), sockets.peer(of: target))
    return LaneSet(
      [
        way(from: near, to: client, sockets, messages) + way(from: target, to: far, sockets, messages),
        way(from: far, to: target, sockets, messages) + way(from: client, to: near, sockets, messages),
      ], sockets)
  }

  /// Of the ways those that were used, or the first.
  private init(_ ways: [[Lane]], _ sockets: SocketTable) {
    let used = ways.filter { $0.contains { Self.isUsed($0, sockets) } }
    self.ways = used.isEmpty ? [ways[0].isEmpty ? ways[1] : ways[0]] : used
  }

  private static func way(
    from sender: SocketID?, to receiver: SocketID?, _ sockets: SocketTable, _ messages: MessageIndex
  ) -> [Lane] {
    // Both ends cut alike, or one of them: it is the same bytes.
    let cut =
      [
        receiver.map { Lane(socket: $0, track: .messages(.received)) },
        sender.map { Lane(socket: $0, track: .messages(.sent)) },
      ].compactMap { $0 }.first { messages.framing(of: $0.socket, $0.track.direction) != nil }
    let wire =
      [
        receiver.map { Lane(socket: $0, track: .segments(.received)) },
        sender.map { Lane(socket: $0, track: .segments(.sent)) },
      ].compactMap { $0 }.first { (sockets.totals($0.socket)?.segments ?? 0) > 0 }
    return [
      sender.map { Lane(socket: $0, track: .sends) }, wire, cut,
      receiver.map { Lane(socket: $0, track: .chunks) },
    ].compactMap { $0 }
  }

  private static func isUsed(_ lane: Lane, _ sockets: SocketTable) -> Bool {
    guard let totals = sockets.totals(lane.socket) else { return false }
    switch lane.track {
    case .chunks: return totals.receivedBytes > 0
    case .sends: return totals.sends > 0
    case .segments, .messages: return false
    }
  }
}
