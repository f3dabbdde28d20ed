extension TextCursor {
  mutating func takeAddress() throws(SyntaxError) -> AddressText {
    let start = position
    if byte == UInt8(ascii: "\"") {
      let quoted = try takeQuoted()
      guard byte.map(\.isBlank) ?? true else { throw error("expected a space after the address") }
      guard let path = String(validating: quoted, as: UTF8.self) else {
        throw error("a path in quotes is UTF-8", at: start)
      }
      return try path.hasPrefix("@") ? abstract(path, at: start) : self.path(path, at: start)
    }
    let word = takeWord()
    let text = text(word)
    guard let first = word.first else { throw expectedAddress(at: start) }
    switch bytes[first] {
    case UInt8(ascii: "@"): return try abstract(text, at: start)
    case UInt8(ascii: "["): return try bracketed(word)
    default: break
    }
    if bytes[word].contains(UInt8(ascii: "/")) { return try path(text, at: start) }
    if let colon = bytes[word].lastIndex(of: UInt8(ascii: ":")) {
      guard !bytes[word.lowerBound..<colon].contains(UInt8(ascii: ":")) else {
        throw error("an IPv6 address stands in brackets: [::1]:9000", at: start)
      }
      return try inet(host: word.lowerBound..<colon, port: colon + 1..<word.upperBound)
    }
    if bytes[word].allSatisfy(\.isDigit) { return .inet(host: "127.0.0.1", port: try port(word)) }
    guard bytes[word].allSatisfy(\.isNameByte), bytes[first] != UInt8(ascii: "-") else {
      throw expectedAddress(at: start)
    }
    if bytes[word].allSatisfy({ $0.isDigit || $0 == UInt8(ascii: ".") }) {
      throw error("expected a port after the host: \(text):9000", at: word.upperBound)
    }
    if text == Self.localhost { throw error("localhost needs a port: localhost:80", at: word.upperBound) }
    return .session(text)
  }

  /// A host that no session can be named for: who writes it alone has forgotten the port.
  static let localhost = "localhost"

  private func inet(host: Range<Int>, port: Range<Int>) throws(SyntaxError) -> AddressText {
    let number = try self.port(port)
    if host.isEmpty { return .inet(host: "127.0.0.1", port: number) }
    if text(host) == "*" { return .inet(host: nil, port: number) }
    if let wrong = host.first(where: { !bytes[$0].isNameByte && bytes[$0] < 0x80 }) {
      throw error("a host is a name or an address: expected letters, digits, . or -", at: wrong)
    }
    return .inet(host: text(host), port: number)
  }

  private func bracketed(_ word: Range<Int>) throws(SyntaxError) -> AddressText {
    guard let closing = bytes[word].firstIndex(of: UInt8(ascii: "]")) else {
      throw error("expected ] after the IPv6 address", at: word.upperBound)
    }
    let host = word.lowerBound + 1..<closing
    guard bytes[host].contains(UInt8(ascii: ":")),
      bytes[host].allSatisfy({ $0.isNameByte || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "%") })
    else { throw error("expected an IPv6 address in the brackets, such as [::1]:9000", at: host.lowerBound) }
    guard closing + 1 < word.upperBound, bytes[closing + 1] == UInt8(ascii: ":") else {
      throw error("expected : and a port after ]", at: closing + 1)
    }
    return .inet(host: text(host), port: try port(closing + 2..<word.upperBound))
  }

  private func port(_ range: Range<Int>) throws(SyntaxError) -> UInt16 {
    guard !range.isEmpty, bytes[range].allSatisfy(\.isDigit) else {
      throw error("expected a port: a number from 0 to 65535", at: range.lowerBound)
    }
    guard let port = UInt16(text(range)) else {
      throw error("port \(text(range)) is out of range: 0 to 65535", at: range.lowerBound)
    }
    return port
  }

  private func path(_ path: String, at start: Int) throws(SyntaxError) -> AddressText {
    guard !path.isEmpty else { throw error("expected a path between the quotes", at: start) }
    if let url = AddressURL(path) { throw error(url.message, at: start) }
    try check(path, at: start)
    return .path(path)
  }

  private func abstract(_ text: String, at start: Int) throws(SyntaxError) -> AddressText {
    let name = String(text.dropFirst())
    guard !name.isEmpty else { throw error("expected a name after @", at: start + 1) }
    try check(name, at: start)
    return .abstract(name)
  }

  private func check(_ path: String, at start: Int) throws(SyntaxError) {
    guard path.utf8.count <= AddressText.longestPath else {
      throw error(
        "a Unix address has at most \(AddressText.longestPath) bytes, this one \(path.utf8.count)", at: start)
    }
    guard !path.utf8.contains(0) else { throw error("a Unix address has no zero byte", at: start) }
  }

  private func expectedAddress(at start: Int) -> SyntaxError {
    error(
      "expected an address: 9000, host:9000, [::1]:9000, *:9000, ./path, @name or a session's name", at: start
    )
  }
}
