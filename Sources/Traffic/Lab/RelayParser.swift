/// What is said of relays.
extension CommandParser {
  /// `relay`: two addresses and options.
  mutating func takeRelay() throws(SyntaxError) -> Command {
    var options = OptionReader(.relay)
    var addresses: [(text: AddressText, start: Int)] = []
    while true {
      cursor.skipBlanks()
      guard let byte = cursor.byte else { break }
      let start = cursor.position
      if byte == UInt8(ascii: "-") {
        try options.take(&cursor)
      } else if addresses.count < 2 {
        addresses.append((try cursor.takeAddress(), start))
      } else {
        throw cursor.error(
          "unexpected \(cursor.text(cursor.takeWord())): relay takes two addresses", at: start)
      }
    }
    guard addresses.count == 2 else {
      throw cursor.error("expected the address to listen on and the target's, such as 9000 host:80")
    }
    let settled = try options.settled(for: addresses[0].text, at: addresses[0].start, cursor)
    if settled.kind == .udp {
      switch addresses[1].text {
      case .path, .abstract:
        throw cursor.error("UDP is passed on to a host and a port", at: addresses[1].start)
      case .inet, .session: break
      }
    }
    return .relay(addresses[0].text, addresses[1].text, settled)
  }

  mutating func takeHold() throws(SyntaxError) -> Command {
    let (name, way) = try takePairAndWay()
    cursor.skipBlanks()
    let isMessages = cursor.accept(word: "messages")
    return .hold(name, way, messages: isMessages, limit: try takeLimit(from: 1))
  }

  mutating func takeRelease() throws(SyntaxError) -> Command {
    let (name, way) = try takePairAndWay()
    var release = Release(try takePieces())
    if cursor.accept(sign: UInt8(ascii: "/")) {
      release.size = try cursor.takeSize("a size")
      cursor.skipBlanks()
      if cursor.accept(word: "gap") {
        cursor.skipBlanks()
        release.gap = try cursor.takeDuration(in: 1...DurationText.maximum)
      }
      cursor.skipBlanks()
    }
    guard cursor.byte != nil else { return .release(name, way, release, with: nil) }
    guard cursor.accept(word: "with") else {
      throw cursor.error("expected numbers of pieces, /SIZE, with and a burst, or nothing")
    }
    cursor.skipBlanks()
    guard cursor.byte != nil else { throw cursor.error("expected a burst, such as \"text\" or 100ms") }
    var parser = BurstParser(cursor)
    let burst = try parser.takeReplacement()
    cursor = parser.cursor
    release.isRaw = cursor.accept(word: "raw")
    return .release(name, way, release, with: burst)
  }

  mutating func takeDrop() throws(SyntaxError) -> Command {
    let (name, way) = try takePairAndWay()
    let pieces = try takePieces()
    guard !pieces.isEmpty else { throw cursor.error("expected the numbers of the pieces, such as 1 3") }
    return .drop(name, way, pieces)
  }

  private mutating func takePairAndWay() throws(SyntaxError) -> (String, Way) {
    let name = try takeName()
    cursor.skipBlanks()
    let start = cursor.position
    guard let way = Way(rawValue: cursor.text(cursor.takeWord())) else {
      throw cursor.error("expected up (from the client to the target) or down", at: start)
    }
    return (name, way)
  }

  private mutating func takePieces() throws(SyntaxError) -> [Int] {
    var pieces: [Int] = []
    cursor.skipBlanks()
    while let byte = cursor.byte, byte.isDigit {
      pieces.append(try takeNumber("the number of a piece"))
      cursor.skipBlanks()
    }
    return pieces
  }
}
