/// What is known of one socket besides its records.
public struct SocketInfo: Sendable, Equatable {
  /// What the socket is for; it decides which calls make sense on it.
  public enum Role: Sendable {
    /// A passive socket: listen(2) was called on it; it has a local address and no peer.
    case listener
    /// A socket that a listener's accept(2) returned.
    case accepted
    /// A socket that called connect(2).
    case client
    /// A bound datagram socket: it receives from anyone.
    case bound
    /// No socket, but a watched program: what it does that is of no socket, or of many.
    case program
  }

  /// The name users see and type: `server`, `server.1`, `client`. Unique in a run.
  public var name: String
  public var kind: SocketKind
  public var role: Role
  /// The listener of an accepted connection.
  public var parent: SocketID?
  /// The other socket of a relay's pair: bytes received here are sent there.
  public var partner: SocketID?
  /// Of the socket that a relay listens on: where it passes on to.
  public var target: String?
  /// How what it receives and what it sends is cut into messages, by readers who do so; nil is as its listener's.
  public var receivedFraming: FramingChoice? {
    get { framings.first ?? nil }
    set { framings = [newValue, sentFraming] }
  }
  public var sentFraming: FramingChoice? {
    get { framings.last ?? nil }
    set { framings = [receivedFraming, newValue] }
  }
  /// What was received, and what was sent; empty for most, and then it takes no memory of its own.
  private var framings: [FramingChoice?] = []
  /// Another program's: nobody here calls anything on it.
  public var isWatched = false
  /// Of a relay's socket: what it receives waits inside until it is released by hand.
  public var isHeld = false
  /// Of a relay's socket: the name of its pair, and which end it is.
  public var relayEnd: (pair: String, end: RelayEnd)? {
    guard partner != nil, let dot = name.lastIndex(of: "."),
      let end = RelayEnd(rawValue: String(name[dot...].dropFirst()))
    else { return nil }
    return (String(name[..<dot]), end)
  }

  /// Of a watched program: it goes on when recvscope ends.
  public var livesOn = false
  /// Of a watched program: nothing more comes of it.
  public var hasEnded = false

  /// True for a socket of a relay.
  public var isRelayed: Bool { partner != nil || target != nil }
  /// The address of getsockname(2) in text, once known.
  public var local: String?
  /// The address of getpeername(2), or the one connect(2) was asked for; a listener has none.
  public var peer: String?
  /// True if others than this machine can reach it.
  public var isExposed: Bool
  /// How it receives now.
  public var policy: ReceivePolicy

  public init(
    name: String, kind: SocketKind, role: Role, parent: SocketID? = nil, partner: SocketID? = nil,
    target: String? = nil, local: String? = nil,
    peer: String? = nil, isExposed: Bool = false, policy: ReceivePolicy = ReceivePolicy()
  ) {
    self.name = name
    self.kind = kind
    self.role = role
    self.parent = parent
    self.partner = partner
    self.target = target
    self.local = local
    self.peer = peer
    self.isExposed = isExposed
    self.policy = policy
  }
}
