import Glibc
import SystemPackage
import Traffic

/// Turns an address as written into addresses for the kernel. May ask a name server: never on the screen's thread.
enum Resolver {
  /// The addresses of a text, in the order in which to try them.
  ///
  /// - Parameter isPassive: true for an address to listen on, where a missing host is every interface.
  /// The corresponding C function is `getaddrinfo`.
  static func resolve(
    _ address: AddressText, kind: SocketKind, isPassive: Bool
  ) -> Result<[SocketAddress], OpenFailure> {
    switch address {
    case .inet(let host, let port):
      return check(address, isUnix: false, for: kind).flatMap {
        resolve(host: host, port: port, kind: kind, isPassive: isPassive)
      }
    case .path(let path):
      return check(address, isUnix: true, for: kind).flatMap {
        unix(path, isAbstract: false, address: address)
      }
    case .abstract(let name):
      return check(address, isUnix: true, for: kind).flatMap {
        unix(name, isAbstract: true, address: address)
      }
    case .session(let name):
      return .failure(
        OpenFailure(call: "connect", object: name, reason: "no open session has this name\(address.portHint)")
      )
    }
  }

  /// Refuses the address of a Unix socket to a kind that has a host and a port, and the other way round. The kernel
  /// would take it in connect(2), where the family makes the socket: one of another kind than was asked for.
  static func check(_ address: AddressText, isUnix: Bool, for kind: SocketKind) -> Result<Void, OpenFailure> {
    if isUnix == kind.isUnix { return .success(()) }
    let reason =
      kind.isUnix
      ? "a Unix socket takes a path or @name"
      : "a Unix socket has it; \(kind == .udp ? "UDP" : "TCP") takes a host and a port"
    return .failure(OpenFailure(call: "address", object: address.text, reason: reason))
  }

  private static func unix(
    _ path: String, isAbstract: Bool, address: AddressText
  ) -> Result<[SocketAddress], OpenFailure> {
    guard let result = SocketAddress(unixPath: path, isAbstract: isAbstract) else {
      let reason = "\(path.utf8.count) bytes; a Unix socket's name has at most 107"
      return .failure(OpenFailure(call: "socket", object: address.text, reason: reason))
    }
    return .success([result])
  }

  private static func resolve(
    host: String?, port: UInt16, kind: SocketKind, isPassive: Bool
  ) -> Result<[SocketAddress], OpenFailure> {
    var hints = addrinfo()
    hints.ai_family = AF_UNSPEC
    hints.ai_socktype = CInt((kind == .udp ? SOCK_DGRAM : SOCK_STREAM).rawValue)
    hints.ai_flags = AI_NUMERICSERV | (isPassive ? AI_PASSIVE : 0)
    var list: UnsafeMutablePointer<addrinfo>?
    let error = getaddrinfo(host, String(port), &hints, &list)
    defer { if let list { freeaddrinfo(list) } }
    guard error == 0 else {
      let reason = error == EAI_SYSTEM ? Errno.current.description : String(cString: gai_strerror(error))
      return .failure(OpenFailure(call: "getaddrinfo", object: host ?? "*", reason: reason))
    }
    var addresses: [SocketAddress] = []
    var next = list
    while let entry = next {
      addresses.append(SocketAddress(copying: entry.pointee.ai_addr, length: entry.pointee.ai_addrlen))
      next = entry.pointee.ai_next
    }
    return .success(addresses)
  }
}
