extension TextCursor {
  /// The value of an option that makes a setting.
  /// - Parameter ways: of a relay, that it is for.
  mutating func takeSetting(
    _ rule: OptionRule, hasValue: Bool, ways: [Way] = Way.allCases
  ) throws(SyntaxError) -> Setting {
    switch rule.name {
    case .recv: return .size(try takeWholeSize())
    case .lowat: return .lowWater(try takeWholeSize())
    case .rcvbuf: return .receiveBuffer(try takeWholeSize())
    case .sndbuf: return .sendBuffer(try takeWholeSize())
    case .backlog: return .backlog(try takeWholeSize())
    case .timeout: return .timeout(try takeDurationOrOff(in: 1...DurationText.maximum))
    case .pace: return .pace(try takeDurationOrOff(in: 1...DurationText.maximum))
    case .linger: return .linger(try takeWholeSeconds())
    case .paused: return .isPaused(true)
    case .nodelay: return .noDelay(try takeToggle(hasValue))
    case .cork: return .cork(try takeToggle(hasValue))
    case .quickack: return .quickAck(try takeToggle(hasValue))
    case .keepalive: return .keepAlive(try takeToggle(hasValue))
    case .reuseport: return .reusePort(try takeToggle(hasValue))
    case .reuseaddr: return .reuseAddress(try takeToggle(hasValue))
    case .broadcast: return .broadcast(try takeToggle(hasValue))
    case .v6only: return .onlyIPv6(try takeToggle(hasValue))
    case .gro: return .coalescing(try takeToggle(hasValue))
    case .oobinline: return .inlineUrgent(try takeToggle(hasValue))
    case .gso: return .segmentation(try takeCountOrOff() ?? 0)
    case .peekOff: return .peekOffset(try takeCountOrOff())
    case .join: return .join(try takeGroup())
    case .leave: return .leave(try takeGroup())
    case .flags: return .flags(try takeFlags())
    case .mode: return .mode(try takeChoice())
    case .edge: return .edge(try takeToggle(hasValue))
    case .atEnd: return .atEnd(try takeChoice())
    case .accept: return .acceptsManually(try takeAcceptance())
    case .slice: return .passage(ways, .slice(try takeSizes()))
    case .seed: return .passage(ways, .seed(UInt64(try takeSize("a whole number", in: 0...Int.max))))
    case .gap: return .passage(ways, .gap(try takeDurationOrOff(in: 1...DurationText.maximum) ?? 0))
    case .proof: return .passage(ways, .proof(try takeToggle(hasValue)))
    case .coalesce: return .passage(ways, .coalesce(try takeDurationOrOff(in: 1...DurationText.maximum) ?? 0))
    case .delay: return .passage(ways, .delay(try takeDurationOrOff(in: 1...DurationText.maximum) ?? 0))
    case .rate: return .passage(ways, .rate(accept(word: "off") ? nil : try takeWholeSize()))
    case .buffer: return .buffer(try takeWholeSize())
    case .halfCloseLimit: return .halfCloseLimit(try takeDurationOrOff(in: 1...DurationText.maximum))
    case .up, .down, .as, .from, .udp, .unix, .unixDatagram, .seqpacket, .replay, .received, .wait, .within:
      throw error("expected an option with a setting")
    }
  }

  private mutating func takeWholeSize() throws(SyntaxError) -> Int {
    let size = try takeSize("a size")
    try endWord()
    return size
  }

  /// `3`, `1..7` or `off`.
  private mutating func takeSizes() throws(SyntaxError) -> ClosedRange<Int>? {
    if accept(word: "off") { return nil }
    let word = takeWord()
    let parts = text(word).split(separator: "..", omittingEmptySubsequences: false).map(String.init)
    let sizes = parts.compactMap { try? SizeText.parse($0) }
    guard sizes.count == parts.count, sizes.count <= 2 else {
      throw error("expected a size from 1, such as 3, or two such as 1..7", at: word.lowerBound)
    }
    guard sizes[0] <= sizes[sizes.count - 1] else {
      throw error("expected the smaller size first: \(sizes[1])..\(sizes[0])", at: word.lowerBound)
    }
    return sizes[0]...sizes[sizes.count - 1]
  }

  private mutating func takeCountOrOff() throws(SyntaxError) -> Int? {
    if accept(word: "off") { return nil }
    let count = try takeSize("a number, or off", in: 0...65_535)
    try endWord()
    return count
  }

  /// An IPv4 or IPv6 address, perhaps with `%` and an interface; whether it is a group the kernel decides.
  private mutating func takeGroup() throws(SyntaxError) -> String {
    let word = takeWord()
    let percent = bytes[word].firstIndex(of: UInt8(ascii: "%"))
    let group = bytes[word.lowerBound..<(percent ?? word.upperBound)]
    guard !group.isEmpty,
      group.allSatisfy({ $0.hexDigit != nil || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") })
    else {
      throw error(
        "expected a group's address, such as 239.1.2.3, ff02::1 or 239.1.2.3%eth0", at: word.lowerBound)
    }
    if let percent {
      let interface = bytes[percent + 1..<word.upperBound]
      // IFNAMSIZ is 16, one of them the zero at its end. See netdevice(7).
      guard (1...15).contains(interface.count), !interface.contains(UInt8(ascii: "/")) else {
        throw error("expected an interface of at most 15 bytes after %, such as lo or eth0", at: percent + 1)
      }
    }
    return text(word)
  }

  private mutating func takeDurationOrOff(in range: ClosedRange<Nanoseconds>) throws(SyntaxError)
    -> Nanoseconds?
  {
    if accept(word: "off") { return nil }
    let time = try takeDuration(in: range)
    try endWord()
    return time
  }

  private mutating func takeWholeSeconds() throws(SyntaxError) -> Nanoseconds? {
    let start = position
    let time = try takeDurationOrOff(in: 0...DurationText.maximum)
    if let time, time % 1_000_000_000 != 0 {
      throw error("SO_LINGER counts whole seconds: expected 0s, 1s, 2s …", at: start)
    }
    return time
  }

  /// `on` or `off` if one of them stands here, otherwise on.
  private mutating func takeToggle(_ hasValue: Bool) throws(SyntaxError) -> Bool {
    let end = position
    skipBlanks()
    let start = position
    switch text(takeWord()) {
    case "on": return true
    case "off": return false
    default:
      if hasValue { throw error("expected on or off", at: start) }
      position = end
      return true
    }
  }

  private mutating func takeChoice<Choice: CaseIterable & RawRepresentable<String>>() throws(SyntaxError)
    -> Choice
  {
    let start = position
    guard let choice = Choice(rawValue: text(takeWord())) else {
      throw error("expected \(Self.alternatives(Choice.allCases.map(\.rawValue)))", at: start)
    }
    return choice
  }

  private mutating func takeAcceptance() throws(SyntaxError) -> Bool {
    let start = position
    switch text(takeWord()) {
    case "manual": return true
    case "auto": return false
    default: throw error("expected auto or manual", at: start)
    }
  }

  /// Flags of recv with commas between them, or `none`.
  mutating func takeFlags() throws(SyntaxError) -> MessageFlags {
    let word = takeWord()
    if text(word) == "none" { return [] }
    var flags: MessageFlags = []
    var start = word.lowerBound
    while true {
      let end = bytes[start..<word.upperBound].firstIndex(of: UInt8(ascii: ",")) ?? word.upperBound
      let name = text(start..<end)
      guard let known = MessageFlags.receivable.first(where: { $0.word == name }) else {
        throw error("expected a flag: \(MessageFlags.receiveWords) or none", at: start)
      }
      flags.insert(known.flag)
      guard end < word.upperBound else { return flags }
      start = end + 1
    }
  }

  /// A name for a new session, which no address or duration can be taken for.
  mutating func takeNewName() throws(SyntaxError) -> String {
    let word = takeWord()
    let name = text(word)
    if let wrong = word.first(where: { !bytes[$0].isNameByte }) {
      throw error("a session's name has letters, digits, _ . and -", at: wrong)
    }
    guard let first = word.first, bytes[first] != UInt8(ascii: "-") else {
      throw error("expected a session's name", at: word.lowerBound)
    }
    guard bytes[word].contains(where: { !$0.isDigit && $0 != UInt8(ascii: ".") }) else {
      throw error("\(name) would be taken for an address: a session's name has a letter", at: word.lowerBound)
    }
    if name == Self.localhost {
      throw error("localhost is a host: a session needs a name of its own", at: word.lowerBound)
    }
    return name
  }

  private static func alternatives(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return "\(words.dropLast().joined(separator: ", ")) or \(last)"
  }
}
