/// The calls of one direction of one socket of a run.
public struct CallSource: Sendable {
  public let journal: Journal
  public let socket: SocketID
  public let direction: Direction

  public init(_ journal: Journal, _ socket: SocketID, _ direction: Direction = .received) {
    (self.journal, self.socket, self.direction) = (journal, socket, direction)
  }

  /// Of the socket; `#17` if it is forgotten.
  public var name: String { journal.socket(socket)?.info.name ?? socket.placeholder }

  /// True where each call is a datagram of its own.
  var keepsBoundaries: Bool { journal.socket(socket)?.info.kind.keepsBoundaries ?? false }
}
