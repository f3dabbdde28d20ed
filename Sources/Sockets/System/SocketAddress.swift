import Glibc
import Traffic

/// A socket address of any family, as the kernel takes and gives it.
public struct SocketAddress: Sendable, Equatable {
  var storage = sockaddr_storage()
  var length = socklen_t(MemoryLayout<sockaddr_storage>.size)

  init() {}

  public static func == (one: SocketAddress, other: SocketAddress) -> Bool {
    let length = Int(one.length)
    return one.length == other.length
      && withUnsafeBytes(of: one.storage) { one in
        withUnsafeBytes(of: other.storage) { other in
          one.prefix(length).elementsEqual(other.prefix(length))
        }
      }
  }

  init(copying address: UnsafePointer<sockaddr>, length: socklen_t) {
    self.length = length
    withUnsafeMutableBytes(of: &storage) {
      $0.copyMemory(from: UnsafeRawBufferPointer(start: address, count: Int(length)))
    }
  }

  /// A path, or with `isAbstract` a name that begins with a zero byte; nil if it does not fit: 107 bytes. See unix(7).
  init?(unixPath path: String, isAbstract: Bool) {
    let start = MemoryLayout<sockaddr_un>.offset(of: \.sun_path)!  // sun_path is a stored property
    let room = MemoryLayout<sockaddr_un>.size - start
    let bytes = (isAbstract ? [0] : []) + Array(path.utf8)
    guard bytes.count < room || (isAbstract && bytes.count == room) else { return nil }
    storage.ss_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &storage) { memory in
      for (place, byte) in bytes.enumerated() { memory[start + place] = byte }
    }
    // A path has its closing zero counted in; an abstract name is as long as it says.
    length = socklen_t(start + bytes.count + (isAbstract ? 0 : 1))
  }

  /// An address in the form that `text` gives, of a socket of this machine; nil for any other text.
  public init?(known text: String, kind: SocketKind) {
    let address: AddressText
    if kind.isUnix {
      address = text.hasPrefix("@") ? .abstract(String(text.dropFirst())) : .path(text)
    } else {
      guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
        return nil
      }
      address = .inet(host: text[..<colon].filter { $0 != "[" && $0 != "]" }, port: port)
    }
    guard
      case .success(let all) = Resolver.resolve(address, kind: kind, isPassive: false), let first = all.first
    else { return nil }
    self = first
  }

  /// The first address that a text means for sockets of a kind. May ask a name server.
  public static func first(_ address: AddressText, kind: SocketKind) -> Result<SocketAddress, OpenFailure> {
    // getaddrinfo gives at least one address when it succeeds.
    Resolver.resolve(address, kind: kind, isPassive: false).map { $0[0] }
  }

  /// The family alone: bind(2) then makes up an abstract name.
  static var unnamedUnix: SocketAddress {
    var address = SocketAddress()
    address.storage.ss_family = sa_family_t(AF_UNIX)
    address.length = socklen_t(MemoryLayout<sa_family_t>.size)
    return address
  }

  /// The path of a Unix socket in the file system; nil for everything else, and for one that is no UTF-8.
  var path: String? {
    guard family == AF_UNIX, let name = unixName, name.first != 0 else { return nil }
    return String(validating: name, as: UTF8.self)
  }

  var family: CInt { CInt(storage.ss_family) }

  /// How users write it: `127.0.0.1:9000`, `[::1]:9000`, a path, `@name`; `unnamed` for a Unix socket without one.
  public var text: String {
    switch family {
    case AF_INET: return "\(host):\(port)"
    case AF_INET6: return "[\(host)]:\(port)"
    case AF_UNIX:
      guard let name = unixName else { return "unnamed" }
      return name.first == 0 ? UnixName.text(abstract: name.dropFirst()) : UnixName.text(path: name)
    default: return "—"
    }
  }

  /// True for a Unix socket that was not bound.
  var isUnnamed: Bool { family == AF_UNIX && unixName?.isEmpty != false }

  /// True if only this machine can reach it.
  var isLoopback: Bool {
    switch family {
    case AF_INET: return host.hasPrefix("127.")
    case AF_INET6: return host == "::1" || host.hasPrefix("::ffff:127.")
    default: return true
    }
  }

  /// True if connecting here leads to a socket that listens at an address: the same one, or one of this machine where it
  /// listens at all of them.
  func isReached(by listener: SocketAddress) -> Bool {
    if family == AF_UNIX {
      guard listener.family == AF_UNIX else { return false }
      if let path, let other = listener.path { return SocketFile.isSame(path, other) }
      return text == listener.text && text != "unnamed"
    }
    guard listener.family != AF_UNIX, port == listener.port else { return false }
    if plainHost == listener.plainHost { return true }
    return (listener.isWildcard && isOfThisMachine) || (isWildcard && listener.isLoopback)
  }

  /// The host, of a mapped address that of IPv4.
  private var plainHost: String {
    let mapped = "::ffff:"
    return host.hasPrefix(mapped) ? String(host.dropFirst(mapped.count)) : host
  }

  private var isWildcard: Bool { host == "0.0.0.0" || host == "::" }

  /// bind(2) takes no other address.
  private var isOfThisMachine: Bool {
    guard case .success(let probe) = Socket.make(family: family, kind: .udp) else { return isLoopback }
    var own = self
    own.withMutablePointer { address, _ in
      // sin_port and sin6_port lie at the same place.
      address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { $0.pointee.sin_port = 0 }
    }
    return probe.bind(own).errno == nil
  }

  /// The port in host byte order; 0 where there is none.
  public var port: UInt16 {
    switch family {
    case AF_INET: return UInt16(bigEndian: load(sockaddr_in.self).sin_port)
    case AF_INET6: return UInt16(bigEndian: load(sockaddr_in6.self).sin6_port)
    default: return 0
    }
  }

  private var host: String {
    var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    let result = withPointer {
      getnameinfo($0, $1, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
    }
    return result == 0
      ? String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self) : "—"
  }

  /// An abstract name begins with a zero byte, and may have others; a path ends before its first.
  private var unixName: ArraySlice<UInt8>? {
    let start = MemoryLayout<sockaddr_un>.offset(of: \.sun_path)!  // sun_path is a stored property
    guard Int(length) > start else { return nil }
    return withUnsafeBytes(of: storage) { memory in
      let bytes = Array(memory[start..<Int(length)])
      return bytes.first == 0 ? bytes[...] : bytes.prefix { $0 != 0 }
    }
  }

  private func load<T>(_ type: T.Type) -> T { withUnsafeBytes(of: storage) { $0.loadUnaligned(as: type) } }

  func withPointer<R>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> R) -> R {
    withUnsafeBytes(of: storage) { body($0.baseAddress!.assumingMemoryBound(to: sockaddr.self), length) }
  }

  mutating func withMutablePointer<R>(
    _ body: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> R
  ) -> R {
    withUnsafeMutablePointer(to: &length) { length in
      withUnsafeMutableBytes(of: &storage) {
        body($0.baseAddress!.assumingMemoryBound(to: sockaddr.self), length)
      }
    }
  }
}
