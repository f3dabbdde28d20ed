/// Collects the options of one command.
struct OptionReader {
  private let place: OptionRule.Place
  private(set) var settings: [(setting: Setting, start: Int)] = []
  private var name: String?
  private var kind: (kind: SocketKind, start: Int)?
  private var from: (address: AddressText, start: Int)?
  private var seen: Set<OptionRule.Name> = []

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
    guard seen.insert(rule.name).inserted else { throw cursor.error("\(word) is given twice", at: start) }
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
    case .udp: try take(.udp, at: start, cursor)
    case .unix: try take(.unix, at: start, cursor)
    case .unixDatagram: try take(.unixDatagram, at: start, cursor)
    case .seqpacket: try take(.seqpacket, at: start, cursor)
    case .recv, .mode, .flags, .timeout, .lowat, .pace, .paused, .rcvbuf, .sndbuf, .nodelay, .cork, .quickack,
      .linger, .keepalive, .backlog, .reuseport, .reuseaddr, .accept, .broadcast, .join, .leave, .v6only,
      .gro, .gso, .oobinline,
      .peekOff, .atEnd:
      settings.append((try cursor.takeSetting(rule, hasValue: hasValue), start))
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
          "listen needs an address of its own: a port, or a path such as ./\(name)", at: start)
      }
      options.kind = kind?.kind ?? .tcp
      options.isKindKnown = kind != nil
    }
    if let (own, start) = from {
      if let mistake = Self.mistake(inFrom: own, options) { throw cursor.error(mistake, at: start) }
      options.from = own
    }
    for (setting, place) in settings {
      if options.isKindKnown, let refusal = setting.refusal(for: options.kind) {
        throw cursor.error(refusal, at: place)
      }
      options.apply(setting)
    }
    return options
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
