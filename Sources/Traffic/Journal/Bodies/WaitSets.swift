/// What one call of select(2), poll(2) or epoll_wait(2) reported; the payload of a `wait` record.
public struct WaitSets: RecordBody, Equatable {
  public var readable: [SocketID]
  public var writable: [SocketID]
  public var exceptional: [SocketID]
  /// What poll(2) and epoll_wait(2) said word for word; select(2) has no words but the three above.
  public var events: [SocketEvents]

  public init(
    readable: [SocketID] = [], writable: [SocketID] = [], exceptional: [SocketID] = [],
    events: [SocketEvents] = []
  ) {
    self.readable = readable
    self.writable = writable
    self.exceptional = exceptional
    self.events = events
  }

  public init?(from reader: inout BodyReader) {
    guard let readable = Self.sockets(from: &reader), let writable = Self.sockets(from: &reader),
      let exceptional = Self.sockets(from: &reader), let events = Self.events(from: &reader)
    else { return nil }
    self.init(readable: readable, writable: writable, exceptional: exceptional, events: events)
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
    for set in [readable, writable, exceptional] {
      writer.write(UInt32(set.count))
      for id in set { writer.write(id.value) }
    }
    writer.write(UInt32(events.count))
    for socket in events {
      writer.write(socket.socket.value)
      writer.write(socket.events.rawValue)
    }
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
