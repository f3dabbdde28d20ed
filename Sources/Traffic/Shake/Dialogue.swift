/// What is sent to a program: messages, each when the one before it was answered.
public struct Dialogue: Sendable, Equatable {
  /// One or more. A burst's pauses and parts mean nothing here: the cuts say how it is sent.
  public var bursts: [Burst]

  public init(_ bursts: [Burst]) { self.bursts = bursts }

  /// Reads a burst with `wait` between its messages.
  public init(parsing text: String, line: Int = 1) throws(SyntaxError) {
    var parser = BurstParser(TextCursor(text, line: line))
    self.init(try parser.takeDialogue())
  }

  /// The text that reads as the same dialogue.
  public var text: String { bursts.map(\.text).joined(separator: " wait ") }

  /// The bytes of each message.
  /// - Parameters:
  ///   - schedule: makes a burst's schedule; its files are read there.
  /// - Returns: true for `endsSending` if a `shutdown` follows the last message.
  public func messages(
    _ schedule: (Burst) throws -> BurstSchedule
  ) throws -> (messages: [[UInt8]], endsSending: Bool) {
    var messages: [[UInt8]] = []
    var endsSending = false
    var bytes: Int64 = 0
    for burst in bursts {
      let made = try schedule(burst)
      bytes += made.measure.bytes
      if bytes > Int64(ShakeMistake.longest) { throw ShakeMistake.tooLong(bytes: bytes) }
      var message: [UInt8] = []
      for action in made {
        if endsSending { throw ShakeMistake.notBytes("shutdown") }
        switch action.action {
        case .send(let payload): message += payload
        case .sendFlagged(_, let flag): throw ShakeMistake.notBytes(flag == .more ? "more" : "oob")
        case .shutdown: endsSending = true
        case .cork: throw ShakeMistake.notBytes("cork")
        case .uncork: throw ShakeMistake.notBytes("uncork")
        case .close: throw ShakeMistake.notBytes("close")
        case .reset: throw ShakeMistake.notBytes("reset")
        }
      }
      messages.append(message)
    }
    if messages.contains(where: \.isEmpty) { throw ShakeMistake.empty }
    return (messages, endsSending)
  }
}
