/// One choice about a session that can be made by an option of `listen`, `connect` or `set`.
public enum Setting: Sendable, Equatable {
  case size(Int)
  case mode(ReceivePolicy.Mode)
  /// EPOLLET
  case edge(Bool)
  case flags(MessageFlags)
  /// nil waits for ever.
  case timeout(Nanoseconds?)
  case lowWater(Int)
  /// nil makes no pause.
  case pace(Nanoseconds?)
  case isPaused(Bool)
  case receiveBuffer(Int)
  case sendBuffer(Int)
  case noDelay(Bool)
  case cork(Bool)
  case quickAck(Bool)
  /// nil turns it off.
  case linger(Nanoseconds?)
  case keepAlive(Bool)
  case reusePort(Bool)
  case reuseAddress(Bool)
  /// The text of a multicast group's address, perhaps with `%` and an interface.
  case join(String)
  case leave(String)
  case broadcast(Bool)
  case onlyIPv6(Bool)
  /// UDP_GRO
  case coalescing(Bool)
  /// UDP_SEGMENT: bytes of payload in each datagram; 0 turns it off.
  case segmentation(Int)
  /// SO_OOBINLINE
  case inlineUrgent(Bool)
  /// SO_PEEK_OFF; nil turns it off.
  case peekOffset(Int?)
  case backlog(Int)
  case acceptsManually(Bool)
  case atEnd(SessionOptions.AtEnd)
  /// How a relay passes bytes on, of the ways named.
  case passage([Way], PassageSetting)
  /// Bytes inside a relay, each way.
  case buffer(Int)
  /// nil never.
  case halfCloseLimit(Nanoseconds?)

  /// The option that makes it.
  public var option: OptionRule.Name {
    switch self {
    case .size: .recv
    case .mode: .mode
    case .edge: .edge
    case .flags: .flags
    case .timeout: .timeout
    case .lowWater: .lowat
    case .pace: .pace
    case .isPaused: .paused
    case .receiveBuffer: .rcvbuf
    case .sendBuffer: .sndbuf
    case .noDelay: .nodelay
    case .cork: .cork
    case .quickAck: .quickack
    case .linger: .linger
    case .keepAlive: .keepalive
    case .reusePort: .reuseport
    case .reuseAddress: .reuseaddr
    case .join: .join
    case .leave: .leave
    case .broadcast: .broadcast
    case .onlyIPv6: .v6only
    case .coalescing: .gro
    case .inlineUrgent: .oobinline
    case .segmentation: .gso
    case .peekOffset: .peekOff
    case .backlog: .backlog
    case .acceptsManually: .accept
    case .atEnd: .atEnd
    case .passage(_, let setting): setting.option
    case .buffer: .buffer
    case .halfCloseLimit: .halfCloseLimit
    }
  }

  /// Why a socket of this kind does not take it, in a sentence without a full stop; nil if it does.
  /// - Parameter isRelayed: it is a relay's.
  public func refusal(for kind: SocketKind, isRelayed: Bool = false) -> String? {
    let rule = OptionRule.rule(option)
    if rule.isRelays, !isRelayed { return "\(rule.word) does not fit it: \(rule.elsewhere)" }
    if let refusal = rule.refusal(for: kind) { return refusal }
    if case .flags(let flags) = self, flags.contains(.outOfBand), kind != .tcp, kind != .unix {
      return "urgent bytes are those of a stream, and this is a \(kind.rawValue) socket"
    }
    return nil
  }

  /// Why it does not go with how a session receives once all that was said with it holds; nil if it does.
  public func refusal(under policy: ReceivePolicy) -> String? {
    guard self == .edge(true), policy.mode != .epoll else { return nil }
    return "--edge does not fit --mode \(policy.mode.rawValue): only epoll knows edges"
  }
}

extension PassageSetting {
  fileprivate var option: OptionRule.Name {
    switch self {
    case .slice: .slice
    case .seed: .seed
    case .gap: .gap
    case .coalesce: .coalesce
    case .delay: .delay
    case .rate: .rate
    case .proof: .proof
    }
  }
}

extension SessionOptions {
  public mutating func apply(_ setting: Setting) {
    switch setting {
    case .size(let size): policy.size = size
    case .mode(let mode):
      policy.mode = mode
      if mode != .epoll { policy.isEdge = false }
    case .edge(let isEdge): policy.isEdge = isEdge
    case .flags(let flags): policy.flags = flags
    case .timeout(let timeout): policy.timeout = timeout
    case .lowWater(let bytes): policy.lowWater = bytes
    case .pace(let pace): policy.pace = pace
    case .isPaused(let isPaused): policy.isPaused = isPaused
    case .receiveBuffer, .sendBuffer, .noDelay, .cork, .quickAck, .linger, .keepAlive, .reusePort,
      .reuseAddress, .join,
      .leave, .broadcast, .onlyIPv6, .coalescing, .segmentation, .inlineUrgent, .peekOffset:
      socket.set(setting)
    case .backlog(let length): backlog = length
    case .acceptsManually(let isManual): acceptsManually = isManual
    case .atEnd(let choice): atEnd = choice
    case .passage(let ways, let setting): for way in ways { relay[way].apply(setting) }
    case .buffer(let bytes): relay.buffer = bytes
    case .halfCloseLimit(let time): relay.halfCloseLimit = time
    }
  }
}

extension ReceivePolicy {
  /// The policy once these settings hold too.
  public func applying(_ settings: [Setting]) -> ReceivePolicy {
    var options = SessionOptions()
    options.policy = self
    for setting in settings { options.apply(setting) }
    return options.policy
  }
}

extension [Setting] {
  /// Why one of them does not go with the others and a session's policy; nil if all do.
  public func refusal(under policy: ReceivePolicy) -> String? {
    let policy = policy.applying(self)
    return lazy.compactMap { $0.refusal(under: policy) }.first
  }
}
