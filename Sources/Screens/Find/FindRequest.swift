import Traffic

/// A search that is to be made beside the screen.
public struct FindRequest: Sendable, Equatable {
  /// Which search it is: news of an older one come to nothing.
  public let id: Int
  public let pattern: FindPattern
  /// Whose bytes are searched, both ways; those of all sockets if nil.
  public let socket: SocketID?
}
