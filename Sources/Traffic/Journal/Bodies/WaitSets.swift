/// What one call of select(2), poll(2) or epoll_wait(2) reported; the payload of a `wait` record.
public struct WaitSets: RecordBody, Equatable {
  public var readable: [SocketID]
  public var writable: [SocketID]
  public var exceptional: [SocketID]

  public init(
    readable: [SocketID] = [], writable: [SocketID] = [], exceptional: [SocketID] = []
  ) {
    self.readable = readable
    self.writable = writable
    self.exceptional = exceptional
  }

  public init?(from reader: inout BodyReader) {
    guard let readable = Self.sockets(from: &reader), let writable = Self.sockets(from: &reader),
      let exceptional = Self.sockets(from: &reader)
    else { return nil }
    self.init(readable: readable, writable: writable, exceptional: exceptional)
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

  public func write(to writer: inout BodyWriter) {
    for set in [readable, writable, exceptional] {
      writer.write(UInt32(set.count))
      for id in set { writer.write(id.value) }
    }
  }
}
