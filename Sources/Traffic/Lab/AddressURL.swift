/// A URL where an address is wanted: what its user may have meant. `./http://…` is the path of that name.
struct AddressURL {
  /// The ports of schemes that people write without one.
  private static let ports = ["http": 80, "https": 443, "ws": 80, "wss": 443]

  private let scheme: String
  /// What stands between `//` and the next `/`.
  private let authority: Substring
  /// What stands behind `//`.
  private let rest: Substring

  /// Nil if the text does not begin with a scheme and `://`.
  init?(_ text: String) {
    let scheme = text.prefix { $0 != ":" }
    guard let first = scheme.utf8.first, first.isLetter,
      scheme.utf8.allSatisfy({ $0.isLetter || $0.isDigit || [0x2b, 0x2d, 0x2e].contains($0) }),
      text[scheme.endIndex...].hasPrefix("://")
    else { return nil }
    self.scheme = scheme.lowercased()
    rest = text[scheme.endIndex...].dropFirst(3)
    authority = rest.prefix { !"/?#".contains($0) }
  }

  var message: String {
    if scheme == "unix", !rest.isEmpty { return "a Unix socket's address is its path alone: \(rest)" }
    return "an address is host:port, such as \(address): recvscope opens the socket, not the URL"
  }

  private var address: String {
    let host = authority.split(separator: "@").last.map(String.init) ?? "host"
    let name = host.hasSuffix(":") ? String(host.dropLast()) : host
    // In brackets an IPv6 address has colons of its own.
    let isComplete = !name.hasSuffix("]") && name.contains(":")
    return isComplete ? name : "\(name):\(Self.ports[scheme] ?? 80)"
  }
}
