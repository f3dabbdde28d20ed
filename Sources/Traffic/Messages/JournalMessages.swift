extension Journal {
  /// What cuts a socket's bytes into messages: its own framings, or those of the listener that accepted it. Nil if there is none.
  public func follower(of socket: SocketID) -> MessageFollower? {
    guard let info = self.socket(socket)?.info else { return nil }
    let parent = info.parent.flatMap { self.socket($0)?.info }
    let follower = MessageFollower(
      received: info.receivedFraming ?? parent?.receivedFraming, sent: info.sentFraming ?? parent?.sentFraming
    )
    return follower.isIdle ? nil : follower
  }

  /// True if what a socket, or a connection of a listener, receives is cut into messages.
  public func framesReceived(_ socket: SocketID) -> Bool {
    guard let info = self.socket(socket)?.info else { return false }
    let choice = info.receivedFraming ?? info.parent.flatMap { self.socket($0)?.info.receivedFraming }
    return choice.map { $0.text != Framing.unframed.text } ?? false
  }

  /// All messages of a socket so far, from its records that are held.
  /// - Parameter end: records from this sequence number on are left out.
  public func messages(of socket: SocketID, before end: Int = .max) -> (
    messages: [FoundMessage], follower: MessageFollower
  )? {
    guard var follower = follower(of: socket) else { return nil }
    var messages: [FoundMessage] = []
    let ranks = self.ranks(of: socket)
    for start in stride(from: ranks.lowerBound, to: ranks.upperBound, by: 256) {
      for (sequence, record) in records(of: socket, in: start..<start + 256) where sequence < end {
        follower.take(record, payload: payload(of: record)?[...], into: &messages)
      }
    }
    return (messages, follower)
  }

  /// The content of a message; nil where not all of it is held.
  public func content(of message: FramedMessage, on socket: SocketID) -> [UInt8]? {
    bytes(in: message.payload, message.way, on: socket)
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
