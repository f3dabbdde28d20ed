import Traffic

/// Whose bytes a framing cuts: a socket's, those of all connections of a listener, or of both sockets of a relay's pair.
struct FramingSubject: Hashable, Sendable {
  /// As `frame` takes it.
  let name: String
  /// One of its sockets, which has bytes to show what a framing makes of them.
  let example: SocketID
  let isListener: Bool

  /// For a list that says why there is nothing to choose from.
  static let nobody = FramingSubject(name: "", example: .none, isListener: false)

  private init(name: String, example: SocketID, isListener: Bool) {
    (self.name, self.example, self.isListener) = (name, example, isListener)
  }

  /// - Parameter isChosen: false if no socket was chosen: then what accepted it is meant, with all that is still to come.
  init?(_ socket: SocketID, _ sockets: SocketTable, isChosen: Bool) {
    // A program has no bytes: those of its newest connection are in view.
    let isProgram = sockets.info(socket)?.role == .program
    guard let socket = isProgram ? sockets.connection(of: socket) : socket, let info = sockets.info(socket)
    else { return nil }
    let parent = isChosen && !isProgram ? nil : info.parent.flatMap(sockets.info)
    let end = sockets.bearer(of: socket) ?? socket
    name = parent?.name ?? info.relayEnd?.pair ?? info.name
    isListener = parent != nil || info.role == .listener
    example = Self.received(end, sockets)
  }

  /// Of a relay's pair the socket that the client's bytes come to, if any do.
  private static func received(_ socket: SocketID, _ sockets: SocketTable) -> SocketID {
    guard let partner = sockets.info(socket)?.partner else { return socket }
    let pair = sockets.info(socket)?.role == .accepted ? [socket, partner] : [partner, socket]
    return pair.first { sockets.totals($0).map { $0.receivedBytes > 0 } ?? false } ?? socket
  }
}
