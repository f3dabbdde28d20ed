/// A part of the bytes of one direction of one socket.
public struct Stretch: Hashable, Sendable {
  public var socket: SocketID
  public var direction: Direction
  /// Offsets in the stream.
  public var range: Range<Int64>

  public init(socket: SocketID, direction: Direction, range: Range<Int64>) {
    self.socket = socket
    self.direction = direction
    self.range = range
  }
}
