import SystemPackage

/// How sockets come to be: listen, accept, connect.
struct ConnectionSentences {
  private let record: Record
  private let around: Explanation.Circumstances

  init(_ record: Record, _ around: Explanation.Circumstances) {
    self.record = record
    self.around = around
  }

  private var kind: SocketKind? { around.info?.kind }
  private var isUnix: Bool { kind?.isUnix ?? false }

  var listen: Explanation {
    if let errno = record.errno {
      return Explanation(Explanation.failure(errno, of: "listen()"), page: "listen(2), ERRORS")
    }
    let exposed = around.info?.isExposed == true ? "Others than this machine can reach it." : nil
    if around.info?.role == .bound {
      return Explanation(
        "bind() gave the socket its address. Datagrams from anyone who sends to it are received here, "
          + "without a connection.",
        exposed, page: kind == .udp ? "bind(2); udp(7)" : "bind(2); unix(7)")
    }
    return Explanation(
      "listen() makes a passive socket: it has an address and no peer, and never carries data itself.",
      "Up to about \(Units.count(Int(record.asked))) finished connections wait in its backlog until "
        + "accept() takes them.",
      exposed, page: "listen(2), NOTES")
  }

  var accept: Explanation {
    if let errno = record.errno { return notAccepted(errno) }
    let name = record.connection.flatMap { around.others[$0]?.name } ?? "it"
    let address = isUnix ? "the same address" : "the same local address and port"
    let left = record.backlogLeft.map { $0 == 0 ? nil : "\(Units.count($0)) more wait in the backlog." }
    return Explanation(
      "accept() took the oldest finished connection from the backlog and made a new socket for it, "
        + "\(name): \(address) as the "
        + "listener, and a peer of its own.",
      left ?? "The kernel did not say how many more wait.", page: "accept(2), DESCRIPTION")
  }

  private func notAccepted(_ errno: Errno) -> Explanation {
    let page = "accept(2), ERRORS"
    switch errno {
    case .tooManyOpenFiles, .tooManyOpenFilesInSystem:
      return Explanation(
        "No descriptor is left (\(errno.name)). The connection stays in the backlog, and the client sees "
          + "nothing of this.",
        record.isWatched ? nil : "To ask again at once would spin, so accept() rests for a moment.",
        page: "\(page); getrlimit(2), RLIMIT_NOFILE")
    case .resourceTemporarilyUnavailable:
      return Explanation(
        "No connection waits in the backlog. Another call took it, or the client has gone since select(), "
          + "poll() or epoll said so.",
        page: "accept(2), NOTES")
    case .interrupted:
      return Interruption(record.conditions).map {
        Explanation(
          "recvscope itself ended the wait for a connection, to \($0.purpose). No connection is lost.",
          page: page)
      } ?? Explanation(Explanation.failure(errno, of: "accept()"), page: page)
    case .connectionAbort:
      return Explanation(
        "The client gave up before accept() took its connection from the backlog.", page: page)
    default: return Explanation(Explanation.failure(errno, of: "accept()"), page: page)
    }
  }

  var connect: Explanation {
    if let errno = record.errno { return notConnected(errno) }
    switch kind {
    case .udp?, .unixDatagram?:
      return Explanation(
        "connect() on a datagram socket sends nothing: it only notes the peer. Whether anybody is there "
          + "stays unknown.",
        page: kind == .udp ? "connect(2); udp(7)" : "connect(2); unix(7)")
    case .unix?, .seqpacket?:
      return Explanation(
        "connect() put the connection into the listener's backlog. It can carry data at once, before "
          + "accept() is called.",
        page: "connect(2); unix(7)")
    case .tcp?, nil:
      return Explanation(
        "connect() returned when the handshake was done. The server's kernel did it: its program need not "
          + "have called accept() yet.",
        retried, page: "connect(2); tcp(7)")
    }
  }

  /// A SYN without an answer is sent again after 1 s, 3 s, 7 s … See tcp(7), tcp_syn_retries.
  private var retried: String? {
    guard record.waited >= 950_000_000 else { return nil }
    return
      "It took \(Units.duration(record.waited)): most probably the first SYN was dropped and sent again after 1 s, 3 s or "
      + "7 s. A listener whose backlog is full drops them."
  }

  private func notConnected(_ errno: Errno) -> Explanation {
    let page = "connect(2), ERRORS"
    switch errno {
    case .connectionRefused:
      if isUnix, around.info?.peer?.hasPrefix("@") == true {
        return Explanation(
          "No socket with that abstract name is there, or one that does not listen.", page: "\(page); unix(7)"
        )
      }
      return isUnix
        ? Explanation("A socket file of that name is there, and nobody listens on it.", page: page)
        : Explanation("The host answered with an RST: nobody listens on that port.", page: page)
    case .timedOut:
      return Explanation(
        "No answer came to any SYN. The host is away, drops packets silently, or its backlog is full: "
          + "which of them, a client "
          + "cannot tell.", page: "\(page); tcp(7), tcp_syn_retries")
    case .noSuchFileOrDirectory:
      return Explanation(
        isUnix ? "There is no socket with that name." : "The name leads to no address.",
        page: isUnix ? page : "getaddrinfo(3)")
    case .resourceTemporarilyUnavailable:
      return isUnix
        ? Explanation("The listener's backlog is full.", page: page)
        : Explanation("No local port is free for this connection.", page: page)
    case .addressNotAvailable:
      return Explanation(
        "No local port is free for this connection, or the address is none of this machine's.",
        "Ports that were used a moment ago may all be in TIME_WAIT.",
        page: "\(page); ip(7), ip_local_port_range")
    case .protocolWrongTypeForSocket:
      return Explanation(
        "The socket with that name is of another kind: stream, datagram or seqpacket.", page: page)
    default: return Explanation(Explanation.failure(errno, of: "connect()"), page: page)
    }
  }
}
