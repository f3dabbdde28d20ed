import SystemPackage

/// Why there is no socket: the call that failed, and what may have made it fail.
struct OpeningSentences {
  private let record: Record
  private let around: Explanation.Circumstances

  init(_ record: Record, _ around: Explanation.Circumstances) {
    self.record = record
    self.around = around
  }

  private var kind: SocketKind? { around.info?.kind }
  private var address: String { around.info?.local ?? "its address" }

  var explanation: Explanation {
    guard let (call, errno) = record.openingFailure else {
      return Explanation(
        "There is no socket, for the reason that this note tells: no call of its own was made.", page: nil)
    }
    switch call {
    case .bind: return notBound(errno)
    case .socket:
      return Explanation("The kernel made no socket\(name(errno)).", page: "socket(2), ERRORS")
    case .listen:
      return Explanation(
        errno == .addressInUse
          ? "listen() found another listener on \(address): bind() had let both have the port."
          : "listen() failed\(name(errno)).", page: "listen(2), ERRORS")
    case .getaddrinfo:
      return Explanation(
        "The name led to no address: getaddrinfo() told so, and connect() was not called.",
        page: "getaddrinfo(3)")
    case .connect:
      return Explanation("The socket was not connected\(name(errno)).", page: "connect(2), ERRORS")
    case .setsockopt:
      return Explanation(
        "An option was refused, as the row before tells, so the socket was given up before connect().",
        page: "setsockopt(2)")
    }
  }

  private func name(_ errno: Errno?) -> String { errno.map { ": \($0.phrase)" } ?? "" }

  private func notBound(_ errno: Errno?) -> Explanation {
    let page = "bind(2), ERRORS"
    switch errno {
    case .addressInUse?:
      if kind?.isUnix == true {
        return Explanation(
          "bind() failed: a file or another socket has the name \(address).", page: "\(page); unix(7)")
      }
      return Explanation(
        "bind() failed: another socket holds \(address).",
        "It may be bound to every interface, or to IPv6 with IPv4 in it (dual stack, `[::]`), which holds the IPv4 port too. "
          + "`ss -ltnp` shows who it is.",
        page: "\(page); ipv6(7), IPV6_V6ONLY")
    case .addressNotAvailable?:
      return Explanation(
        "bind() failed: no interface of this machine has the address of \(address).", page: page)
    case .permissionDenied?:
      return Explanation(
        kind?.isUnix == true
          ? "bind() failed: this user may not make the file \(address)."
          : "bind() failed: ports below 1024 are the system's (CAP_NET_BIND_SERVICE).",
        page: kind?.isUnix == true ? page : "\(page); capabilities(7)")
    default: return Explanation("bind() failed\(name(errno)).", page: page)
    }
  }
}
