/// `shake ["COMMAND ARGS"] [OPTIONS] --send BURST`
extension CommandParser {
  mutating func takeShake() throws(SyntaxError) -> Command {
    var words: [String]?
    var (to, listen): (AddressText?, AddressText?)
    var order = ShakeOrder(.server([], nil), .bursts([]))
    var isReply: Bool?
    while isReply == nil {
      cursor.skipBlanks()
      guard let byte = cursor.byte else {
        throw cursor.error(
          "expected --send and a burst, or --from FILE:SOCKET, at the end of the line, behind all options")
      }
      let start = cursor.position
      guard byte == UInt8(ascii: "-") else {
        guard words == nil else {
          throw cursor.error("one command, in quotes: shake \"python3 server.py\"", at: start)
        }
        words = try takeCommandLine()
        continue
      }
      let word = cursor.text(cursor.takeWord())
      cursor.skipBlanks()
      switch word {
      case "--to": to = try cursor.takeAddress()
      case "--listen": listen = try cursor.takeAddress()
      case "--send", "--reply":
        order.dialogue = try takeDialogue()
        isReply = word == "--reply"
      case "--from":
        guard let dialogue = Dialogue(recorded: try takeValue(of: word)) else {
          throw cursor.error("expected a recording and a socket in it, such as run.rscope:client", at: start)
        }
        order.dialogue = dialogue
        isReply = false
      default: try takeOption(word, at: start, &order)
      }
    }
    order.target = try target(words, to, listen, isReply: isReply == true)
    return .shake(order)
  }

  private func target(
    _ words: [String]?, _ to: AddressText?, _ listen: AddressText?, isReply: Bool
  ) throws(SyntaxError) -> ShakeOrder.Target {
    do {
      return try ShakeOrder.Target(words ?? [], to: to, listen: listen, isReply: isReply)
    } catch {
      throw cursor.error(error.sentence)
    }
  }

  private mutating func takeOption(
    _ word: String, at start: Int, _ order: inout ShakeOrder
  ) throws(SyntaxError) {
    switch word {
    case "--cuts": order.cuts = try cursor.takeCutChoice()
    case "--seed": order.seed = UInt64(try takeNumber("a seed", in: 0...Int.max))
    case "--frame": order.framing = try cursor.takeFraming()
    case "--same": order.pattern = nil
    case "--expect": order.pattern = try cursor.takePattern()
    case "--ignore":
      let begin = cursor.position
      guard case .regex(let regex) = try cursor.takePattern() else {
        throw cursor.error("expected an expression between slashes: /Date: .*/", at: begin)
      }
      order.ignored.append(regex.text)
    case "--until": order.until = try cursor.takeAnswerEnd()
    case "--control": order.control = try takeNumber("a number of runs", in: 1...1000)
    case "--again": order.again = try takeNumber("a number of runs", in: 0...1000)
    case "--jobs": order.jobs = try takeNumber("a number of connections", in: 1...64)
    case "--restart":
      let name = cursor.text(cursor.takeWord())
      guard let restart = ShakeOrder.Restart(rawValue: name) else {
        throw cursor.error("expected crash, each or never", at: start)
      }
      order.restart = restart
    case "--within": order.limit = try cursor.takeDuration(in: 1...DurationText.maximum)
    case "--udp", "--seqpacket", "--unix-dgram":
      let kind = SocketKind(rawValue: String(word.dropFirst(2)))!  // each is the name of one
      throw cursor.error(ShakeOrder.Target.noStream(kind), at: start)
    default:
      throw cursor.error(
        "unknown option \(word)\(NearestWord.hint(word, in: ShakeOrder.optionWords))", at: start)
    }
    try cursor.endWord()
  }

  private mutating func takeDialogue() throws(SyntaxError) -> Dialogue {
    var parser = BurstParser(cursor)
    let bursts = try parser.takeDialogue()
    cursor = parser.cursor
    return .bursts(bursts)
  }
}

extension ShakeOrder.Target {
  /// Why a command and addresses make no target.
  public struct Mistake: Error {
    public let sentence: String
  }

  public init(_ words: [String], to: AddressText?, listen: AddressText?, isReply: Bool) throws(Mistake) {
    switch (words.isEmpty, to, listen) {
    case (false, let to, nil) where !isReply: self = .server(words, to)
    case (true, let to?, nil) where !isReply: self = .address(to)
    case (false, nil, let listen?) where isReply: self = .client(words, listen: listen)
    case (_, _, _?):
      throw Mistake(
        sentence:
          "--listen cuts what a client receives: it takes --reply BURST and the client's command, and no --to"
      )
    case (_, _, nil) where isReply:
      throw Mistake(sentence: "--reply answers a client: it takes --listen ADDRESS and the client's command")
    default:
      throw Mistake(sentence: "nothing to shake: a command to start, or --to ADDRESS for a server that runs")
    }
  }

  /// Why only streams can be shaken.
  public static func noStream(_ kind: SocketKind) -> String {
    "\(kind.rawValue) keeps boundaries: one send() is one recv(), so a datagram cannot be cut; a TCP or Unix stream socket can"
  }
}
