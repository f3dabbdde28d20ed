/// An address as a user writes it; what it means is found out when the socket is opened.
public enum AddressText: Sendable, Equatable {
  /// A host (a name, an IPv4 or IPv6 address; nil is every interface) and a port.
  case inet(host: String?, port: UInt16)
  /// A path in the file system, for a Unix socket.
  case path(String)
  /// An abstract Unix name, without its `@`.
  case abstract(String)
  /// The address of a session of this run, by its name.
  case session(String)

  /// The longest path or abstract name in bytes: `sun_path` has 108, one of them a zero. See unix(7).
  public static let longestPath = 107

  /// Reads `9000`, `:9000`, `host:9000`, `[::1]:9000`, `*:9000`, `./path`, `"a path"`, `@abstract` or a
  /// session's name.
  public init(parsing text: String) throws(SyntaxError) {
    var cursor = TextCursor(text)
    cursor.skipBlanks()
    self = try cursor.takeAddress()
    guard cursor.isAtEnd else { throw cursor.error("expected nothing after the address") }
  }

  /// The address as text that reads as the same address.
  public var text: String {
    switch self {
    case .inet(nil, let port): "*:\(port)"
    case .inet(let host?, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    case .path(let path):
      path.contains("/") ? Self.quotedIfNeeded(path) : EscapedText.quoted(Array(path.utf8))
    case .abstract(let name): Self.quotedIfNeeded("@" + name)
    case .session(let name): name
    }
  }

  /// What is said behind a session's name that nobody has, where it looks like a host's: `example.com`, but not `server.1`.
  public var portHint: String {
    guard case .session(let name) = self, let dot = name.lastIndex(of: "."), dot > name.startIndex else {
      return ""
    }
    let last = name[name.index(after: dot)...]
    return last.isEmpty || last.allSatisfy(\.isNumber) ? "" : "; a host needs a port: \(name):80"
  }

  private static func quotedIfNeeded(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy {
      $0.isNameByte || $0 >= 0x80 || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "@")
        || $0 == UInt8(ascii: ":")
    }
    return isPlain && !text.hasPrefix("-") ? text : EscapedText.quoted(Array(text.utf8))
  }
}
