import Traffic

/// What a lane shows of its socket.
enum Track: Hashable, Sendable {
  /// Its send() calls.
  case sends
  /// What its recv() calls returned.
  case chunks
  /// What a framing makes of the bytes of a way.
  case messages(Direction)

  /// That of the calls of a direction.
  init(_ direction: Direction) {
    switch direction {
    case .sent: self = .sends
    case .received: self = .chunks
    }
  }

  /// Its boxes are calls.
  var isCalls: Bool {
    switch self {
    case .sends, .chunks: true
    case .messages: false
    }
  }

  /// Which way its bytes go, seen from the socket.
  var direction: Direction {
    switch self {
    case .sends: .sent
    case .chunks: .received
    case .messages(let direction): direction
    }
  }

  /// Beside the socket's name.
  var word: String {
    switch self {
    case .sends: "send"
    case .chunks: "recv"
    case .messages: "msg"
    }
  }

  var role: Role {
    switch self {
    case .sends: .sent
    case .chunks: .received
    case .messages: .message
    }
  }

  /// The role of bytes in its boxes.
  var boxRole: Role {
    switch self {
    case .sends: .laneSend
    case .chunks: .laneReceive
    case .messages: .laneMessage
    }
  }
}
