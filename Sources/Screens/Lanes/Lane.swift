import Traffic

/// One row of the lanes: the calls of one direction of one socket.
struct Lane: Hashable, Sendable {
  var socket: SocketID
  var direction: Direction
}

/// The lanes that belong to a socket: each direction of its connection, the sender above the receiver.
struct LaneSet: Sendable {
  /// By direction of the connection; a direction has two lanes, or one if the other end is not in this run.
  let ways: [[Lane]]

  var lanes: [Lane] { ways.flatMap { $0 } }

  init(_ socket: SocketID, _ sockets: SocketTable) {
    let peer = sockets.peer(of: socket)
    // The client's bytes come first, whichever end is selected.
    let isClient = sockets.info(socket)?.role == .client
    let (first, second): (SocketID?, SocketID?) = isClient ? (socket, peer) : (peer, socket)
    let ways = [Self.way(from: first, to: second), Self.way(from: second, to: first)]
    let used = ways.filter { $0.contains { Self.isUsed($0, sockets) } }
    self.ways = used.isEmpty ? [ways[0].isEmpty ? ways[1] : ways[0]] : used
  }

  private static func way(from sender: SocketID?, to receiver: SocketID?) -> [Lane] {
    [
      sender.map { Lane(socket: $0, direction: .sent) },
      receiver.map { Lane(socket: $0, direction: .received) },
    ]
    .compactMap { $0 }
  }

  private static func isUsed(_ lane: Lane, _ sockets: SocketTable) -> Bool {
    guard let totals = sockets.totals(lane.socket) else { return false }
    switch lane.direction {
    case .received: return totals.receivedBytes > 0
    case .sent: return totals.sends > 0
    }
  }
}
