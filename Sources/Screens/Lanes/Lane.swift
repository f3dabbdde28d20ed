import Traffic

/// One row of the lanes: a track of one socket.
struct Lane: Hashable, Sendable {
  var socket: SocketID
  var track: Track
}
