/// What one call of select(2), poll(2) or epoll_wait(2) reported; the payload of a `wait` record.
public struct WaitSets: Sendable, Equatable {
  public enum Call: UInt16, Sendable {
    case select
    case poll
    case epollWait

    /// The name of the C function.
    public var name: String {
      switch self {
      case .select: "select"
      case .poll: "poll"
      case .epollWait: "epoll_wait"
      }
    }
  }

  public var kind: Call
  public var readable: [SocketID]
  public var writable: [SocketID]
  public var exceptional: [SocketID]

  public var call: String { kind.name }

  public init(
    _ kind: Call, readable: [SocketID] = [], writable: [SocketID] = [], exceptional: [SocketID] = []
  ) {
    self.kind = kind
    self.readable = readable
    self.writable = writable
    self.exceptional = exceptional
  }

  /// Reads a record and its payload.
  public init(_ record: Record, payload: some Sequence<UInt8>) {
    var ids: [SocketID] = []
    var value: UInt32 = 0
    for (index, byte) in payload.enumerated() {
      value |= UInt32(byte) << (8 * UInt32(index % 4))
      if index % 4 == 3 {
        ids.append(SocketID(value))
        value = 0
      }
    }
    let first = min(ids.count, Int(record.detail))
    let second = min(ids.count, first + Int(record.other))
    self.init(
      Call(rawValue: record.flags.rawValue) ?? .select, readable: Array(ids[..<first]),
      writable: Array(ids[first..<second]), exceptional: Array(ids[second...]))
  }

  /// Notes in the record how the payload is to be read, and returns the payload.
  public func encode(into record: inout Record) -> [UInt8] {
    record.flags = MessageFlags(rawValue: kind.rawValue)
    record.detail = UInt32(readable.count)
    record.other = UInt32(writable.count)
    return (readable + writable + exceptional).flatMap { id in
      (0..<4).map { UInt8(truncatingIfNeeded: id.value >> (8 * UInt32($0))) }
    }
  }
}
