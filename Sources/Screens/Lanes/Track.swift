import Traffic

/// What a lane shows of its socket.
enum Track: Hashable, Sendable {
  /// Its send() calls.
  case sends
  /// What its recv() calls returned.
  case chunks

  /// That of the calls of a direction.
  init(_ direction: Direction) {
    switch direction {
    case .sent: self = .sends
    case .received: self = .chunks
    }
  }

  /// Which way its bytes go, seen from the socket.
  var direction: Direction {
    switch self {
    case .sends: .sent
    case .chunks: .received
    }
  }

  /// Beside the socket's name.
  var word: String {
    switch self {
    case .sends: "send"
    case .chunks: "recv"
    }
  }

  var role: Role {
    switch self {
    case .sends: .sent
    case .chunks: .received
    }
  }

  /// The role of bytes in its boxes.
  var boxRole: Role {
    switch self {
    case .sends: .laneSend
    case .chunks: .laneReceive
    }
  }
}
