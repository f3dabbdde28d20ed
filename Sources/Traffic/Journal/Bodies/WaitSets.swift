/// What one call of select(2), poll(2) or epoll_wait(2) reported; the payload of a `wait` record.
public struct WaitSets: RecordBody, Equatable {
  public var readable: [SocketID]
  public var writable: [SocketID]
  public var exceptional: [SocketID]
  /// What poll(2) and epoll_wait(2) said word for word; select(2) has no words but the three above.
  public var events: [SocketEvents]
  /// Those that epoll_wait(2) tells of once for each arrival (EPOLLET), and not for as long as they are ready.
  public var edges: [SocketID]

  public init(
    readable: [SocketID] = [], writable: [SocketID] = [], exceptional: [SocketID] = [],
    events: [SocketEvents] = [], edges: [SocketID] = []
  ) {
    self.readable = readable
    self.writable = writable
    self.exceptional = exceptional
    self.events = events
    self.edges = edges
  }

  public init?(from reader: inout BodyReader) {
    guard let readable = Self.sockets(from: &reader), let writable = Self.sockets(from: &reader),
      let exceptional = Self.sockets(from: &reader), let events = Self.events(from: &reader),
      let edges = Self.sockets(from: &reader)
    else { return nil }
    self.init(readable: readable, writable: writable, exceptional: exceptional, events: events, edges: edges)
  }

  private static func sockets(from reader: inout BodyReader) -> [SocketID]? {
    guard let count = reader.number(UInt32.self) else { return nil }
    var sockets: [SocketID] = []
    for _ in 0..<count {
      guard let id = reader.number(UInt32.self) else { return nil }
      sockets.append(SocketID(id))
    }
    return sockets
  }

  private static func events(from reader: inout BodyReader) -> [SocketEvents]? {
    guard let count = reader.number(UInt32.self) else { return nil }
    var events: [SocketEvents] = []
    for _ in 0..<count {
      guard let id = reader.number(UInt32.self), let bits = reader.number(UInt32.self) else { return nil }
      events.append(SocketEvents(SocketID(id), PollEvents(rawValue: bits)))
    }
    return events
  }

  public func write(to writer: inout BodyWriter) {
    for set in [readable, writable, exceptional] { Self.write(set, to: &writer) }
    writer.write(UInt32(events.count))
    for socket in events {
      writer.write(socket.socket.value)
      writer.write(socket.events.rawValue)
    }
    Self.write(edges, to: &writer)
  }

  private static func write(_ set: [SocketID], to writer: inout BodyWriter) {
    writer.write(UInt32(set.count))
    for id in set { writer.write(id.value) }
  }
}

/// What one wait said of one socket.
public struct SocketEvents: Sendable, Equatable {
  public var socket: SocketID
  public var events: PollEvents

  public init(_ socket: SocketID, _ events: PollEvents) {
    self.socket = socket
    self.events = events
  }
}
