import Traffic

/// What a lane shows of its socket.
enum Track: Hashable, Sendable {
  /// Its send() calls.
  case sends
  /// What its recv() calls returned.
  case chunks
  /// What the wire carried of a way.
  case segments(Direction)
  /// What a framing makes of the bytes of a way.
  case messages(Direction)

  /// That of the calls of a direction.
  init(_ direction: Direction) {
    switch direction {
    case .sent: self = .sends
    case .received: self = .chunks
    }
  }

  /// That of a segment: a pure ACK stands with the bytes that it acknowledges, which went the other way. Nil for other records.
  init?(segment record: Record) {
    guard let way = record.wireWay, let label = BoxLabel(record) else { return nil }
    self = .segments(label.isTick == (way == .sent) ? .received : .sent)
  }

  /// Its boxes are calls.
  var isCalls: Bool {
    switch self {
    case .sends, .chunks: true
    case .segments, .messages: false
    }
  }

  var isWire: Bool { self == .segments(direction) }

  /// Which way its bytes go, seen from the socket.
  var direction: Direction {
    switch self {
    case .sends: .sent
    case .chunks: .received
    case .segments(let direction), .messages(let direction): direction
    }
  }

  /// Beside the socket's name.
  var word: String {
    switch self {
    case .sends: "send"
    case .chunks: "recv"
    case .segments: "wire"
    case .messages: "msg"
    }
  }

  var role: Role {
    switch self {
    case .sends: .sent
    case .chunks: .received
    case .segments: .laneSegment
    case .messages: .message
    }
  }

  /// The role of bytes in its boxes.
  var boxRole: Role {
    switch self {
    case .sends: .laneSend
    case .chunks: .laneReceive
    case .segments: .laneSegment
    case .messages: .laneMessage
    }
  }
}
