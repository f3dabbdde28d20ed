import SystemPackage

/// What an option does, and what the kernel granted of what was asked.
struct OptionSentences {
  private let record: Record
  private let name: String
  private let granted: String
  /// Nil if it was granted as asked.
  private let asked: String?

  init(_ record: Record, _ around: Explanation.Circumstances) {
    self.record = record
    let change = around.payload.flatMap(OptionChange.init)
    name = change?.name ?? ""
    granted = change?.granted ?? ""
    asked = change.flatMap { $0.asked == $0.granted ? nil : $0.asked }
  }

  var explanation: Explanation {
    if name == FramingChoice.word {
      return Explanation(
        "The bytes are cut into messages from here on, as \(granted) says: a view of the stream. Nothing is kept otherwise for it.",
        page: nil)
    }
    guard let option = OptionRule.Name(rawValue: name) else {
      return Explanation("A socket option was set.", page: "setsockopt(2)")
    }
    let (meaning, page) = Self.meaning(of: option)
    if let errno = record.errno { return refused(errno, page) }
    return Explanation(meaning, grant(option), page: page)
  }

  private func refused(_ errno: Errno, _ page: String?) -> Explanation {
    let why =
      switch errno {
      case .protocolNotAvailable: "this kernel, or this kind of socket, does not know it"
      case .notSupportedOnSocket: "this kind of socket does not support it"
      case .invalidArgument: "the value does not fit"
      case .permissionDenied, .notPermitted: "this user may not"
      default: "the errno says no more"
      }
    return Explanation(
      "The kernel refused the option with \(errno.name): \(why). The socket keeps the value it had.",
      page: page ?? "setsockopt(2)")
  }

  private func grant(_ option: OptionRule.Name) -> String? {
    guard let asked else { return nil }
    if option == .join || option == .leave {
      return
        "No route leads to \(asked), so the kernel found no interface for it; recvscope named loopback: \(granted)."
    }
    guard option == .rcvbuf || option == .sndbuf, let wanted = Int(asked), let given = Int(granted) else {
      return "Asked for \(asked), the kernel granted \(granted)."
    }
    let numbers = "Asked for \(Explanation.bytes(wanted)), it granted \(Units.count(given))"
    if given == 2 * wanted {
      return "\(numbers): it doubles the figure, to have room for its own bookkeeping."
    }
    let limit = option == .rcvbuf ? "rmem_max" : "wmem_max"
    return given > 2 * wanted
      ? "\(numbers), the least there is." : "\(numbers): twice the limit that net.core.\(limit) sets."
  }

  /// What setting an option means, and where to read about it.
  private static func meaning(of option: OptionRule.Name) -> (String, String?) {
    switch option {
    case .rcvbuf: ("SO_RCVBUF: how much may wait here unread.", "socket(7), SO_RCVBUF")
    case .sndbuf: ("SO_SNDBUF: how much may wait here to be sent or acknowledged.", "socket(7), SO_SNDBUF")
    case .nodelay:
      (
        "TCP_NODELAY: on sends small segments at once; off lets Nagle's algorithm hold one back while "
          + "another is unacknowledged.",
        "tcp(7), TCP_NODELAY"
      )
    case .cork:
      (
        "TCP_CORK: while on, only full segments go out, the rest after 200 ms; off sends what was held.",
        "tcp(7), TCP_CORK"
      )
    case .quickack:
      (
        "TCP_QUICKACK: on acknowledges at once, for now: the kernel may go back to delaying.",
        "tcp(7), TCP_QUICKACK"
      )
    case .linger:
      (
        "SO_LINGER: 0 s makes close() send an RST; more makes it wait so long for unsent data.",
        "socket(7), SO_LINGER"
      )
    case .keepalive:
      (
        "SO_KEEPALIVE: an idle connection is probed, to notice a peer that is gone.",
        "socket(7), SO_KEEPALIVE"
      )
    case .reuseport:
      (
        "SO_REUSEPORT: several sockets may bind one port, and the kernel shares out what comes.",
        "socket(7), SO_REUSEPORT"
      )
    case .reuseaddr:
      (
        "SO_REUSEADDR: bind() succeeds although old connections of the port are in TIME_WAIT. recvscope sets it for each TCP "
          + "listener, as servers do; --reuseaddr off leaves it out.",
        "socket(7), SO_REUSEADDR"
      )
    case .broadcast: ("SO_BROADCAST: allows sending to a broadcast address.", "socket(7), SO_BROADCAST")
    case .v6only:
      ("IPV6_V6ONLY: on takes IPv6 only; off takes IPv4 too, as mapped addresses.", "ipv6(7), IPV6_V6ONLY")
    case .gro: ("UDP_GRO: one recv() may return several datagrams of one sender, joined.", "udp(7), UDP_GRO")
    case .gso: ("UDP_SEGMENT: one send() is cut into datagrams of this size.", "udp(7), UDP_SEGMENT")
    case .oobinline:
      (
        "SO_OOBINLINE: on leaves urgent bytes in line with the others; recv() still stops before one.",
        "socket(7), SO_OOBINLINE; tcp(7)"
      )
    case .peekOff:
      ("SO_PEEK_OFF: where the next peek begins; each peek moves it on.", "socket(7), SO_PEEK_OFF")
    case .join:
      (
        "The socket joined a multicast group: it receives what is sent to the group and comes in on one interface.",
        "ip(7), IP_ADD_MEMBERSHIP"
      )
    case .leave: ("The socket left a multicast group.", "ip(7), IP_DROP_MEMBERSHIP")
    case .lowat:
      (
        "SO_RCVLOWAT: a recv() that waits, waits for this many bytes; select() and poll() do too.",
        "socket(7), SO_RCVLOWAT"
      )
    case .timeout:
      (
        "How long a recv() waits, or in the modes that wait first, the wait.",
        "socket(7), SO_RCVTIMEO; select(2)"
      )
    case .backlog: ("How many finished connections may wait for accept().", "listen(2)")
    case .recv:
      ("How many bytes each recv() asks for: recvscope's own choice, the kernel is not asked.", "recv(2)")
    case .flags: ("The flags of each recv().", "recv(2), The flags argument")
    case .mode:
      (
        "Which call stands before each recv(): recvscope's own choice, the kernel is not asked.",
        "select(2); poll(2); epoll(7)"
      )
    case .edge:
      (
        "EPOLLET, an argument of epoll_ctl(): epoll_wait() tells of a socket when something new comes, not for as long as "
          + "something lies there. Setting it adds the socket anew, which is told as new.",
        "epoll(7), Level-triggered and edge-triggered"
      )
    case .accept: ("Whether accept() is called at once or by hand: recvscope's own choice.", "accept(2)")
    case .slice, .seed, .gap, .proof, .coalesce, .delay, .rate, .halfCloseLimit:
      ("How bytes are passed on from here: the relay's own choice, the kernel is not asked.", nil)
    case .pace, .paused, .atEnd, .from, .as, .udp, .unix, .unixDatagram, .seqpacket, .up, .down, .buffer,
      .replay, .received, .wait, .within:
      ("How recvscope uses the socket; the kernel is not asked.", nil)
    }
  }
}
