extension Journal {
  /// What cuts a socket's bytes into messages: its own framings, or those of the listener that accepted it. Nil if there is none.
  public func follower(of socket: SocketID) -> MessageFollower? {
    let choices = framings(of: socket)
    let follower = MessageFollower(received: choices.received, sent: choices.sent)
    return follower.isIdle ? nil : follower
  }

  /// True if what a socket, or a connection of a listener, receives is cut into messages.
  public func framesReceived(_ socket: SocketID) -> Bool { framings(of: socket).cuts(.received) }

  /// All messages of a socket so far, from its records that are held.
  /// - Parameter end: records from this sequence number on are left out.
  public func messages(of socket: SocketID, before end: Int = .max) -> (
    messages: [FoundMessage], follower: MessageFollower
  )? {
    guard var walk = MessageWalk(socket, self) else { return nil }
    var effort = MessageEffort.all
    var messages: [PlacedMessage] = []
    _ = walk.advance(self, before: end, &effort, into: &messages)
    return (messages.map(\.found), walk.follower)
  }

  /// The content of a message, or its first bytes; nil where not all that is asked for is held.
  public func content(of message: FramedMessage, on socket: SocketID, limit: Int = .max) -> [UInt8]? {
    let count = min(Int64(limit), Int64(message.payload.count))
    return bytes(in: message.payload.lowerBound..<message.payload.lowerBound + count, message.way, on: socket)
  }

  /// What a message is asked for a pattern in: its content, and in HTTP, where the head says most, all of it;
  /// nil where not all of it is held.
  public func asked(of message: FramedMessage, on socket: SocketID) -> [UInt8]? {
    let hasHead = message.kind == .request || message.kind == .response || message.kind == .interim
    return bytes(in: hasHead ? message.range : message.payload, message.way, on: socket)
  }

  private func bytes(in range: Range<Int64>, _ way: Direction, on socket: SocketID) -> [UInt8]? {
    var bytes: [UInt8] = []
    for chunk in ByteStream(self, socket: socket, direction: way).chunks(in: range, limit: .max) {
      let part = range.clamped(to: chunk.range)
      let first = Int(part.lowerBound - chunk.range.lowerBound)
      guard let piece = payload(of: chunk.record, in: first..<first + part.count) else { return nil }
      bytes += piece
    }
    return bytes.count == range.count ? bytes : nil
  }
}
