/// What is sent to a program: messages, each when the one before it was answered.
public enum Dialogue: Sendable, Equatable {
  /// One or more. A burst's pauses and parts mean nothing here: the cuts say how it is sent.
  case bursts([Burst])
  /// What a socket sent in a run that was recorded, by `--record` or by `--json`.
  case recorded(file: String, socket: String)

  /// Reads a burst with `wait` between its messages.
  public init(parsing text: String, line: Int = 1) throws(SyntaxError) {
    var parser = BurstParser(TextCursor(text, line: line))
    self = .bursts(try parser.takeDialogue())
  }

  /// Reads `FILE:SOCKET`.
  public init?(recorded text: String) {
    guard let colon = text.lastIndex(of: ":"), colon > text.startIndex,
      text.index(after: colon) < text.endIndex
    else { return nil }
    self = .recorded(file: String(text[..<colon]), socket: String(text[text.index(after: colon)...]))
  }

  /// The bytes of each message.
  /// - Parameters:
  ///   - file: the contents of a file.
  ///   - recording: the journal of a recording; nil if the file is none.
  ///   - schedule: makes a burst's schedule; its files are read there.
  /// - Returns: true for `endsSending` if a `shutdown` follows the last message.
  public func messages(
    file: (String) throws -> [UInt8], recording: (String) throws -> Journal? = { _ in nil },
    schedule: (Burst) throws -> BurstSchedule
  ) throws -> (messages: [[UInt8]], endsSending: Bool) {
    switch self {
    case .bursts(let bursts): return try Self.messages(of: bursts, schedule)
    case .recorded(let name, let socket):
      let journal = try recording(name)
      let contents = journal == nil ? try file(name) : []
      let messages: [[UInt8]]
      do throws(RecordedDialogue.Mistake) {
        messages =
          if let journal {
            try RecordedDialogue(journal, of: socket).messages
          } else {
            try RecordedDialogue(contents, of: socket).messages
          }
      } catch {
        throw ShakeMistake.notRecorded(error.sentence(name))
      }
      let bytes = messages.reduce(Int64(0)) { $0 + Int64($1.count) }
      if bytes > Int64(ShakeMistake.longest) { throw ShakeMistake.tooLong(bytes: bytes) }
      return (messages, false)
    }
  }

  private static func messages(
    of bursts: [Burst], _ schedule: (Burst) throws -> BurstSchedule
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
