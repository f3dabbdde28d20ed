import Traffic

/// What a select(2), poll(2) or epoll_wait(2) of a watched program asked for and told, of sockets alone.
public struct SeenWait {
  public var call: WaitCallName
  /// Nil is for ever.
  public var timeout: Nanoseconds?
  public var readable: [SeenSocket] = []
  public var writable: [SeenSocket] = []
  public var exceptional: [SeenSocket] = []
  /// What poll(2) and epoll_wait(2) said word for word.
  public var events: [(socket: SeenSocket, events: PollEvents)] = []
  /// Those that epoll_wait(2) tells of once for each arrival.
  public var edges: [SeenSocket] = []

  init(_ call: WaitCallName, timeout: Nanoseconds?) {
    self.call = call
    self.timeout = timeout
  }

  mutating func add(_ socket: SeenSocket, _ bits: UInt32) {
    let bits = PollEvents(rawValue: bits)
    // As select(2) counts them; see select(2), Correspondence between select() and poll() notifications.
    if !bits.isDisjoint(with: [.readable, .hangUp, .error]) { readable.append(socket) }
    if !bits.isDisjoint(with: [.writable, .error]) { writable.append(socket) }
    if bits.contains(.urgent) { exceptional.append(socket) }
    events.append((socket, bits))
  }
}
