/// Reads one command from a line.
struct CommandParser {
  var cursor: TextCursor

  init(_ cursor: TextCursor) { self.cursor = cursor }

  mutating func takeCommand() throws(SyntaxError) -> Command {
    cursor.skipBlanks()
    let start = cursor.position
    let word = cursor.text(cursor.takeWord())
    guard !word.isEmpty else { throw cursor.error("expected a command", at: start) }
    guard let name = CommandRule.Name(rawValue: word) else {
      let hint = NearestWord.hint(word, in: CommandRule.Name.allCases.map(\.rawValue))
      throw cursor.error("unknown command \(word)\(hint)", at: start)
    }
    let command = try takeArguments(of: name)
    try finish(name.rawValue)
    return command
  }

  private mutating func takeArguments(of name: CommandRule.Name) throws(SyntaxError) -> Command {
    switch name {
    case .listen: return try takeOpening(.listen)
    case .connect: return try takeOpening(.connect)
    case .relay: return try takeRelay()
    case .hold: return try takeHold()
    case .release: return try takeRelease()
    case .drop: return try takeDrop()
    case .frame: return try takeFrame()
    case .send: return try takeSend()
    case .select: return try takeAsk(.select)
    case .poll: return try takeAsk(.poll)
    case .epoll: return try takeAsk(.epollWait)
    case .recv: return try takeRecv()
    case .accept: return .accept(try takeName())
    case .set: return try takeSet()
    case .pause: return .suspend(try takeName())
    case .resume: return .resume(try takeName())
    case .shutdown: return try takeShutdown()
    case .close: return try takeClose()
    case .wait: return try takeWait()
    case .expect: return .expect(try takeName(orGlob: true), try takeExpectation())
    case .mark: return .mark(try takeText())
    case .on: return .on(try takeName(), try takeRule())
    case .burst: return .burst(try takeName(), try takeOrder())
    case .stats: return try takeStatistics()
    case .define: return try takeDefinition()
    case .watch: return try takeWatch()
    case .shake: return try takeShake()
    case .type: return .type(try takeName(), try takeBurst())
    case .wire: return try takeWire()
    case .record:
      let path = try takePath()
      return path.isStop ? .endRecording : .record(path.text)
    case .export: return .export(try takeExportKind(), try takePath().text)
    case .save: return .save(try takePath().text)
    case .compare: return .compare(try takePath().text)
    case .say: return .say(try takeProse("a text"))
    case .ask: return .question(try takeQuestion())
    case .discuss: return .discuss
    case .hint: return .hint(try takeProse("a hint"))
    case .step: return .step
    case .reveal: return .reveal(try takeReveal())
    case .again: return .again(try takeSettings(isNeeded: false))
    case .trials: return try takeTrials()
    case .labs: return .labs
    case .handout: return try takeHandout()
    }
  }

  private func finish(_ what: String) throws(SyntaxError) {
    var rest = cursor
    rest.skipBlanks()
    let start = rest.position
    let word = rest.text(rest.takeWord())
    guard word.isEmpty else { throw cursor.error("unexpected \(word): \(what) takes no more", at: start) }
  }

  /// The name of a session or of one of its connections.
  /// - Parameter orGlob: `*` may stand for any part of it.
  mutating func takeName(orGlob: Bool = false) throws(SyntaxError) -> String {
    cursor.skipBlanks()
    let word = cursor.takeWord()
    guard !word.isEmpty else { throw cursor.error("expected a session's name", at: word.lowerBound) }
    if let wrong = word.first(where: {
      !cursor.bytes[$0].isNameByte && !(orGlob && cursor.bytes[$0] == UInt8(ascii: "*"))
    }) {
      throw cursor.error("expected a session's name: letters, digits, _ . and -", at: wrong)
    }
    guard cursor.bytes[word.lowerBound] != UInt8(ascii: "-") else {
      throw cursor.error("expected a session's name before \(cursor.text(word))", at: word.lowerBound)
    }
    return cursor.text(word)
  }

  private mutating func takeSend() throws(SyntaxError) -> Command {
    let name = try takeName()
    cursor.skipBlanks()
    guard cursor.accept(word: "to") else { return .send(name, try takeBurst()) }
    cursor.skipBlanks()
    return .sendTo(name, try cursor.takeAddress(), try takeBurst())
  }

  private mutating func takeAsk(_ call: WaitCallName) throws(SyntaxError) -> Command {
    .ask(call, try takeName(), timeout: try takeLimit(from: 0) ?? 0)
  }

  /// `within D`, if it is there.
  mutating func takeLimit(from least: Nanoseconds) throws(SyntaxError) -> Nanoseconds? {
    cursor.skipBlanks()
    guard cursor.byte != nil else { return nil }
    guard cursor.accept(word: "within") else {
      throw cursor.error("expected within and a duration, or nothing")
    }
    cursor.skipBlanks()
    let limit = try cursor.takeDuration(in: least...DurationText.maximum)
    try cursor.endWord()
    return limit
  }

  mutating func takeBurst(answering groups: AnswerGroups = .none) throws(SyntaxError) -> Burst {
    cursor.skipBlanks()
    guard cursor.byte != nil else { throw cursor.error("expected a burst, such as \"text\" or 100ms") }
    var parser = BurstParser(cursor, answering: groups)
    let burst = try parser.takeBurst()
    cursor = parser.cursor
    return burst
  }

  private mutating func takeRecv() throws(SyntaxError) -> Command {
    let name = try takeName()
    var size: Int?
    var flags: MessageFlags?
    cursor.skipBlanks()
    if let byte = cursor.byte, byte.isDigit {
      // recv(2) may ask for nothing: with MSG_PEEK and MSG_TRUNC that tells a datagram's length.
      size = try cursor.takeSize("a size", in: 0...SizeText.maximum)
      try cursor.endWord()
      cursor.skipBlanks()
    }
    if cursor.byte != nil { flags = try cursor.takeFlags() }
    return .recv(name, size: size, flags: flags)
  }

  private mutating func takeShutdown() throws(SyntaxError) -> Command {
    let name = try takeName()
    cursor.skipBlanks()
    let start = cursor.position
    switch cursor.text(cursor.takeWord()) {
    case "read": return .shutdown(name, .read)
    case "write": return .shutdown(name, .write)
    case "both": return .shutdown(name, .both)
    default: throw cursor.error("expected read, write or both", at: start)
    }
  }

  private mutating func takeClose() throws(SyntaxError) -> Command {
    let name = try takeName()
    cursor.skipBlanks()
    let start = cursor.position
    switch cursor.text(cursor.takeWord()) {
    case "": return .close(name, isReset: false)
    case "--reset": return .close(name, isReset: true)
    default: throw cursor.error("expected --reset or nothing", at: start)
    }
  }

  /// A file: a word, or between quotes. `stop` is one only between quotes, or as `./stop`.
  private mutating func takePath() throws(SyntaxError) -> (text: String, isStop: Bool) {
    cursor.skipBlanks()
    let start = cursor.position
    let isQuoted = cursor.byte == UInt8(ascii: "\"")
    let text =
      isQuoted ? String(decoding: try cursor.takeQuoted(), as: UTF8.self) : cursor.text(cursor.takeWord())
    if text.isEmpty { throw cursor.error("expected a file, such as run.rscope", at: start) }
    if text.utf8.contains(0) { throw cursor.error("a file's name has no NUL", at: start) }
    return (text, !isQuoted && text == "stop")
  }

  /// `FILE [--blank]`
  private mutating func takeHandout() throws(SyntaxError) -> Command {
    cursor.skipBlanks()
    let start = cursor.position
    let path = try takePath().text
    if cursor.bytes[start...].starts(with: "--".utf8) {
      throw cursor.error("expected a file, such as lesson.html, and --blank behind it", at: start)
    }
    var ahead = cursor
    ahead.skipBlanks()
    let isBlank = ahead.text(ahead.takeWord()) == "--blank"
    if isBlank { cursor = ahead }
    return .handout(path, isBlank: isBlank)
  }

  private mutating func takeExportKind() throws(SyntaxError) -> ExportKind {
    cursor.skipBlanks()
    let start = cursor.position
    let word = cursor.text(cursor.takeWord())
    guard let kind = ExportKind(rawValue: word) else {
      let known = ExportKind.allCases.map(\.rawValue)
      throw cursor.error(
        "expected what to write: \(known.joined(separator: ", "))\(NearestWord.hint(word, in: known))",
        at: start)
    }
    return kind
  }

  private mutating func takeWire() throws(SyntaxError) -> Command {
    cursor.skipBlanks()
    let start = cursor.position
    switch cursor.text(cursor.takeWord()) {
    case "on": return .wire(true)
    case "off": return .wire(false)
    default: throw cursor.error("expected on or off", at: start)
    }
  }

  /// What to do with a burst under way.
  private mutating func takeOrder() throws(SyntaxError) -> BurstOrder {
    cursor.skipBlanks()
    let start = cursor.position
    guard let order = BurstOrder(rawValue: cursor.text(cursor.takeWord())) else {
      throw cursor.error("expected stop, pause or resume", at: start)
    }
    return order
  }

  private mutating func takeWait() throws(SyntaxError) -> Command {
    cursor.skipBlanks()
    guard let first = cursor.byte else { throw cursor.error("expected a duration, or a session's name") }
    if first.isDigit {
      var ahead = cursor
      _ = ahead.takeWord()
      // A name may begin with a digit, but only a name has something behind it.
      if ahead.isAtEnd {
        let time = try cursor.takeDuration()
        try cursor.endWord()
        return .pause(time)
      }
    }
    let name = try takeName(orGlob: true)
    let condition = try takeCondition()
    return .wait(name, condition, limit: try takeLimit(from: 1) ?? Command.defaultLimit)
  }

  private mutating func takeCondition() throws(SyntaxError) -> WaitCondition {
    cursor.skipBlanks()
    let start = cursor.position
    switch cursor.text(cursor.takeWord()) {
    case "sent": return .sent
    case "end": return .end
    case "recv": return .receives(try takeNumber("a number of recv calls"))
    case "bytes": return .bytes(Int64(try takeNumber("a number of bytes", in: 1...Int.max)))
    case "messages": return .messages(try takeNumber("a number of messages"))
    case "listen": return .listening
    case "exit": return .exited
    default: throw cursor.error("expected sent, end, recv N, bytes N, messages N, listen or exit", at: start)
    }
  }

  mutating func takeNumber(
    _ what: String, in range: ClosedRange<Int> = 1...SizeText.maximum
  ) throws(SyntaxError) -> Int {
    cursor.skipBlanks()
    let number = try cursor.takeSize(what, in: range)
    try cursor.endWord()
    return number
  }

  /// The rest of the line up to a comment.
  private mutating func takeText() throws(SyntaxError) -> String {
    cursor.skipBlanks()
    let start = cursor.position
    var end = start
    while cursor.byte != nil {
      end = cursor.takeWord().upperBound
      cursor.skipBlanks()
    }
    guard end > start else { throw cursor.error("expected a text", at: start) }
    return cursor.text(start..<end)
  }
}

extension TextCursor {
  /// Fails unless the word is over here.
  func endWord() throws(SyntaxError) {
    guard byte.map(\.isBlank) ?? true else { throw error("expected a space here") }
  }
}
