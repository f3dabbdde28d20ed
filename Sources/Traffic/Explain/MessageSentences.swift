/// What there is to say of a message: which calls made it, how long it took, what is wrong with it.
public struct MessageSentences {
  /// Calls that are told one by one.
  private static let mostCalls = 6

  let socket: SocketID
  let message: FramedMessage
  let journal: Journal

  public init(_ message: FramedMessage, of socket: SocketID, _ journal: Journal) {
    (self.message, self.socket, self.journal) = (message, socket, journal)
  }

  /// `31 B received at offset 120: 2 B of framing, 29 B of content`
  public var size: String {
    let (all, content) = (Int64(message.range.count), Int64(message.payload.count))
    let parts =
      all == content
      ? "" : ": \(Units.size(all - content)) of framing, \(Units.size(content)) of content"
    return "\(Units.size(all)) \(message.way.word) at offset \(message.range.lowerBound)\(parts)"
  }

  /// `2 recv calls: 12 B by recv #3, 19 B by recv #4`; nil where no call of it is held.
  public var calls: String? {
    let chunks = ByteStream(journal, socket: socket, direction: message.way)
      .chunks(in: message.range, limit: Self.mostCalls + 1)
    let shares = chunks.map { ($0.record, $0.range.clamped(to: message.range).count) }
    return words(shares, message.way == .received ? "recv" : "send")
  }

  /// The calls at the other end, if that is a socket of this run.
  /// - Parameter name: of the socket there.
  public func otherCalls(name: (SocketID) -> String) -> String? {
    guard let peer = journal.peer(of: socket), let pairing = Pairing(journal, peer: peer) else { return nil }
    let shares = pairing.calls(of: message.range, on: socket, message.way, limit: Self.mostCalls + 1)
    let call = message.way == .received ? "send" : "recv"
    return words(shares.map { ($0.record, $0.bytes) }, call).map { "\(name(peer)): \($0)" }
  }

  private func words(_ shares: [(record: Record, bytes: Int)], _ call: String) -> String? {
    if shares.isEmpty { return nil }
    let told = shares.prefix(Self.mostCalls).map {
      "\(Units.size(Int64($0.bytes))) by \(call) #\($0.record.number)"
    }
    let isCut = shares.count > Self.mostCalls
    let list = told.joined(separator: ", ") + (isCut ? " and more" : "")
    return shares.count == 1
      ? "1 \(call) call: \(list)" : "\(isCut ? "many" : "\(shares.count)") \(call) calls: \(list)"
  }

  /// From its first byte to its last.
  public var took: String {
    message.time > message.began
      ? "\(Units.duration(message.time - message.began)) from its first byte at \(Units.time(message.began)) to its last at "
        + Units.time(message.time) : "all of it at \(Units.time(message.time))"
  }

  /// What is wrong with it, and what is worth knowing; nil if there is nothing.
  public var trouble: String? {
    let broken = message.broken.map { "\($0.rawValue): \($0.sentence)" }
    let assumed = message.notes.assumed.map { "its request is not known: read as the answer to \($0)" }
    let parts = [broken].compactMap { $0 } + message.notes.words + [assumed].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }
}

extension BrokenMessage {
  /// What that means.
  public var sentence: String {
    switch self {
    case .midStream: "it began before the framing did, or before what is known"
    case .evicted: "some of its bytes are no longer held"
    case .tooLong: "it says that it is longer than the most that is taken"
    case .cut: "the stream ended in it"
    case .bad: "it is none that the framing knows"
    }
  }
}
