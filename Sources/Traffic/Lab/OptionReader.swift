/// Collects the options of one command.
struct OptionReader {
  private let place: OptionRule.Place
  private(set) var settings: [(setting: Setting, start: Int)] = []
  private var name: String?
  private var kind: (kind: SocketKind, start: Int)?
  private var from: (address: AddressText, start: Int)?
  private var replay: (order: ReplayOrder, start: Int)?
  /// `--received`, `--wait` and `--within`: where the first of them stands, and what they say.
  private var ofReplay: (start: Int, word: String)?
  private var isOfReceived = false
  private var waits = false
  private var limit: Nanoseconds?
  /// Options of a relay's way may be given once for each.
  private var seen: Set<[String]> = []
  /// What the options that follow are for; nil for both.
  private var way: Way?

  init(_ place: OptionRule.Place) { self.place = place }

  /// One option and its value; the cursor stands on its `-`.
  mutating func take(_ cursor: inout TextCursor) throws(SyntaxError) {
    let start = cursor.position
    while let byte = cursor.byte, !byte.isBlank, byte != UInt8(ascii: "=") { cursor.position += 1 }
    let word = cursor.text(start..<cursor.position)
    guard word.hasPrefix("--"), let rule = OptionRule.rule(named: String(word.dropFirst(2))) else {
      let names = OptionRule.all.filter { $0.places.contains(place) }.map(\.name.rawValue)
      let bare = String(word.drop { $0 == "-" })
      throw cursor.error(
        "unknown option \(word)\(NearestWord.hint(bare, in: names, prefix: "--"))", at: start)
    }
    if let refusal = rule.refusal(in: place) { throw cursor.error(refusal, at: start) }
    let scope = way?.rawValue ?? ""
    guard rule.isRepeatable || seen.insert([rule.name.rawValue, scope]).inserted else {
      throw cursor.error("\(word) is given twice", at: start)
    }
    let hasValue = cursor.accept(UInt8(ascii: "="))
    if hasValue, rule.value == .none { throw cursor.error("\(word) takes no value") }
    if !hasValue, rule.value != .none, rule.value != .toggle {
      cursor.skipBlanks()
      guard cursor.byte != nil else {
        throw cursor.error("expected a value after \(word): \(rule.value.placeholder)")
      }
    }
    switch rule.name {
    case .as: name = try cursor.takeNewName()
    case .from:
      let start = cursor.position
      from = (try cursor.takeAddress(), start)
    case .replay: replay = (try cursor.takeReplay(), start)
    case .received, .wait, .within:
      ofReplay = ofReplay ?? (start, rule.word)
      switch rule.name {
      case .received: isOfReceived = true
      case .wait: waits = true
      default:
        limit = try cursor.takeDuration(in: 1...DurationText.maximum)
        try cursor.endWord()
      }
    case .udp: try take(.udp, at: start, cursor)
    case .unix: try take(.unix, at: start, cursor)
    case .unixDatagram: try take(.unixDatagram, at: start, cursor)
    case .seqpacket: try take(.seqpacket, at: start, cursor)
    case .up: way = .up
    case .down: way = .down
    case .recv, .mode, .edge, .flags, .timeout, .lowat, .pace, .paused, .rcvbuf, .sndbuf, .nodelay, .cork,
      .quickack,
      .linger, .keepalive, .backlog, .reuseport, .reuseaddr, .accept, .broadcast, .join, .leave, .v6only,
      .gro, .gso, .oobinline,
      .peekOff, .atEnd, .slice, .seed, .gap, .proof, .coalesce, .delay, .rate, .buffer, .halfCloseLimit:
      let ways = way.map { [$0] } ?? Way.allCases
      settings.append((try cursor.takeSetting(rule, hasValue: hasValue, ways: ways), start))
    }
  }

  private mutating func take(_ kind: SocketKind, at start: Int, _ cursor: TextCursor) throws(SyntaxError) {
    if let first = self.kind {
      throw cursor.error("a socket has one kind: --\(first.kind.rawValue) is given already", at: start)
    }
    self.kind = (kind, start)
  }

  /// The options as a whole, once the address is known.
  func settled(for address: AddressText, at start: Int, _ cursor: TextCursor) throws(SyntaxError)
    -> SessionOptions
  {
    var options = SessionOptions()
    options.name = name
    options.isKindKnown = true
    switch address {
    case .path, .abstract:
      options.kind = kind?.kind ?? .unix
      if let kind, !kind.kind.isUnix {
        throw cursor.error("--\(kind.kind.rawValue) needs a host and a port, not a path", at: kind.start)
      }
    case .inet:
      options.kind = kind?.kind ?? .tcp
      if let kind, kind.kind.isUnix {
        throw cursor.error("--\(kind.kind.rawValue) needs a path such as ./socket or @name", at: start)
      }
    case .session(let name):
      guard place == .connect else {
        throw cursor.error(
          "\(place) needs an address of its own: a port, or a path such as ./\(name)", at: start)
      }
      options.kind = kind?.kind ?? .tcp
      options.isKindKnown = kind != nil
    }
    if let (own, start) = from {
      if let mistake = Self.mistake(inFrom: own, options) { throw cursor.error(mistake, at: start) }
      options.from = own
    }
    options.replay = try settledReplay(options.kind, cursor)
    for (setting, place) in settings {
      if options.isKindKnown,
        let refusal = setting.refusal(for: options.kind, isRelayed: self.place == .relay)
      {
        throw cursor.error(refusal, at: place)
      }
      options.apply(setting)
    }
    if self.place == .relay { try settleRelay(&options, cursor) }
    for (setting, place) in settings {
      if let refusal = setting.refusal(under: options.policy) { throw cursor.error(refusal, at: place) }
    }
    return options
  }

  private func settledReplay(_ kind: SocketKind, _ cursor: TextCursor) throws(SyntaxError) -> ReplayOrder? {
    guard let (asked, start) = replay else {
      if let ofReplay {
        throw cursor.error("\(ofReplay.word) is for --replay FILE:SOCKET", at: ofReplay.start)
      }
      return nil
    }
    if place == .listen, !kind.isConnectionOriented {
      throw cursor.error(
        "--replay plays to whoever connects, and nobody does to a \(kind.rawValue) socket: use connect",
        at: start)
    }
    var order = asked
    order.direction = isOfReceived ? .received : .sent
    order.waits = waits
    order.limit = limit ?? ReplayOrder.usualLimit
    return order
  }

  /// A relay waits for two sides at once: with select, unless told otherwise.
  private func settleRelay(_ options: inout SessionOptions, _ cursor: TextCursor) throws(SyntaxError) {
    // What came in is cut as little as can be.
    if !settings.contains(where: { $0.setting.option == .recv }) { options.policy.size = 65_536 }
    let mode = settings.first { $0.setting.option == .mode }
    guard let mode else {
      options.policy.mode = .select
      return
    }
    switch options.policy.mode {
    case .select, .poll, .epoll: break
    case .blocking, .nonblocking, .manual:
      throw cursor.error(
        "a relay waits for two sides at once: expected select, poll or epoll", at: mode.start)
    }
  }

  /// Why a client with these options cannot be bound to an address; nil if it may be. Where the kind shows later, so does
  /// this.
  private static func mistake(inFrom own: AddressText, _ options: SessionOptions) -> String? {
    switch own {
    case .session: "--from takes an address of its own: host:port, where port 0 takes a free one, or a path"
    case .inet where options.isKindKnown && options.kind.isUnix:
      "a \(options.kind.rawValue) socket is bound to a path such as ./client or @name"
    case .path where options.isKindKnown && !options.kind.isUnix,
      .abstract where options.isKindKnown && !options.kind.isUnix:
      "a \(options.kind.rawValue) socket is bound to a host and a port, not to a path"
    case .inet, .path, .abstract: nil
    }
  }
}

extension TextCursor {
  /// `FILE:SOCKET`, or in quotes.
  fileprivate mutating func takeReplay() throws(SyntaxError) -> ReplayOrder {
    let start = position
    let text =
      byte == UInt8(ascii: "\"")
      ? String(decoding: try takeQuoted(), as: UTF8.self) : self.text(takeWord())
    guard let order = ReplayOrder(parsing: text) else {
      throw error("expected a recording and a socket in it, such as run.rscope:client", at: start)
    }
    return order
  }
}
