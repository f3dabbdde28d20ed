/// What is said of programs that are watched.
extension CommandParser {
  /// `watch`: a command in quotes, or `--pid N`, and options.
  mutating func takeWatch() throws(SyntaxError) -> Command {
    var order: WatchOrder?
    var options = WatchOrder(.process(0))
    while true {
      cursor.skipBlanks()
      guard let byte = cursor.byte else { break }
      let start = cursor.position
      if byte == UInt8(ascii: "-") {
        let word = cursor.text(cursor.takeWord())
        switch word {
        case "--pid":
          guard order == nil else { throw cursor.error("one program at a time", at: start) }
          order = WatchOrder(.process(Int32(try takeNumber("a process", in: 1...Int(Int32.max)))))
        case "--as":
          cursor.skipBlanks()
          options.name = try cursor.takeNewName()
        case "--no-follow": options.follows = false
        case "--no-io-uring": options.refusesIOUring = true
        case "--detachable": options.isDetachable = true
        case "--tty": options.usesTerminal = true
        case "--no-tty": options.usesTerminal = false
        case "--env": options.environment.append(try takeValue(of: word))
        case "--dir": options.directory = try takeValue(of: word)
        default:
          throw cursor.error(
            "unknown option \(word)\(NearestWord.hint(word, in: WatchOrder.optionWords))", at: start)
        }
      } else {
        guard order == nil else {
          throw cursor.error("one command, in quotes: watch \"python3 server.py 9000\"", at: start)
        }
        order = WatchOrder(.command(try takeCommandLine()))
      }
    }
    guard let order else { throw cursor.error("expected a command in quotes, or --pid and a process") }
    options.target = order.target
    if case .process = order.target,
      options.refusesIOUring || !options.environment.isEmpty || options.usesTerminal != nil
    {
      throw cursor.error("a process that runs has its environment and its terminal, and takes no filter")
    }
    if options.isDetachable, options.refusesIOUring {
      throw cursor.error("--no-io-uring needs the filter that --detachable does without")
    }
    return .watch(options)
  }

  mutating func takeValue(of option: String) throws(SyntaxError) -> String {
    cursor.skipBlanks()
    guard let byte = cursor.byte else { throw cursor.error("expected a value after \(option)") }
    if byte == UInt8(ascii: "\"") { return String(decoding: try cursor.takeQuoted(), as: UTF8.self) }
    return cursor.text(cursor.takeWord())
  }

  /// A command line in quotes, or one bare word.
  mutating func takeCommandLine() throws(SyntaxError) -> [String] {
    let start = cursor.position
    let line: [UInt8]
    switch cursor.byte {
    case UInt8(ascii: "\""): line = try cursor.takeQuoted()
    case UInt8(ascii: "'"): line = Array(try cursor.takeRaw().bytes)
    default: return [cursor.text(cursor.takeWord())]
    }
    guard let words = ShellWords.split(line), !words.isEmpty else {
      throw cursor.error("expected a program and its arguments; a quote may be missing", at: start)
    }
    return words
  }
}

/// A command line in words, as a shell splits it: blanks between them, quotes around what belongs together. Nothing is expanded.
enum ShellWords {
  /// Nil where a quote is not closed.
  static func split(_ line: [UInt8]) -> [String]? {
    var words: [String] = []
    var word: [UInt8]?
    var quote: UInt8?
    var rest = line.makeIterator()
    while let byte = rest.next() {
      if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "'") {
        guard let next = rest.next() else { return nil }
        word = (word ?? []) + [next]
      } else if byte == quote {
        quote = nil
      } else if quote == nil, byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        quote = byte
        word = word ?? []
      } else if quote == nil, byte.isBlank {
        if let done = word { words.append(String(decoding: done, as: UTF8.self)) }
        word = nil
      } else {
        word = (word ?? []) + [byte]
      }
    }
    if quote != nil { return nil }
    if let done = word { words.append(String(decoding: done, as: UTF8.self)) }
    return words
  }

  /// The words as a line that is split into the same words.
  static func line(_ words: [String]) -> String { words.map(quoted).joined(separator: " ") }

  private static func quoted(_ word: String) -> String {
    let isPlain = word.utf8.allSatisfy { $0.isNameByte || $0 >= 0x80 || "/:=,+@%".utf8.contains($0) }
    if isPlain, !word.isEmpty { return word }
    if !word.utf8.contains(UInt8(ascii: "'")) { return "'\(word)'" }
    let escaped = word.unicodeScalars.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : "\($0)" }
    return "\"\(escaped.joined())\""
  }
}
