extension OptionRule {
  private static let opening: Set<Place> = [.listen, .connect, .relay]
  private static let ends: Set<Place> = [.listen, .connect]
  private static let notRelayed: Set<Place> = [.listen, .connect, .set]
  private static let passesOn = "a relay takes all that comes, once, and passes it on"
  private static let relayed: Set<Place> = [.relay, .set]
  private static let keepsKind = "a socket keeps the kind that it was opened with"
  private static let beforeListen = "it is decided when the session opens"
  private static let streams: Set<SocketKind> = [.tcp, .unix]
  private static let connections: Set<SocketKind> = [.tcp, .unix, .seqpacket]
  private static let connectionless = "it has no connections"

  /// Every option, in the order of help.
  public static let all: [OptionRule] = [
    OptionRule(
      .as, .name, "name of the session; accepted connections are NAME.1, NAME.2 …", places: opening,
      elsewhere: "a session keeps its name"),
    OptionRule(.udp, .none, "UDP instead of TCP", places: opening, elsewhere: keepsKind),
    OptionRule(.unix, .none, "Unix stream socket", places: opening, elsewhere: keepsKind),
    OptionRule(.unixDatagram, .none, "Unix datagram socket", places: ends, elsewhere: keepsKind),
    OptionRule(.seqpacket, .none, "Unix seqpacket socket", places: ends, elsewhere: keepsKind),
    OptionRule(.recv, .size, "bytes that each recv asks for (4096)"),
    OptionRule(
      .mode, .choice(ReceivePolicy.Mode.allCases.map { Choice($0.rawValue, meaning($0)) }),
      "the calls that stand before recv (blocking)"),
    OptionRule(
      .edge, .toggle, "EPOLLET in mode epoll: recv once when something new came, whatever is left lying",
      places: notRelayed, elsewhere: passesOn),
    OptionRule(
      .flags, .flags, "flags of each recv: \(MessageFlags.receiveWords), or none", places: notRelayed,
      elsewhere: passesOn),
    OptionRule(
      .timeout, .durationOrOff, "SO_RCVTIMEO, or the timeout of the wait; off waits for ever",
      places: notRelayed,
      elsewhere: "a relay waits for both sides at once"),
    OptionRule(
      .lowat, .size, "SO_RCVLOWAT: recv waits for so many bytes", kinds: streams,
      otherKinds: "it counts bytes of a stream, and a datagram comes whole"),
    OptionRule(
      .pace, .durationOrOff, "pause between two recv calls", places: notRelayed,
      elsewhere: "use --gap, --delay or --rate"),
    OptionRule(
      .paused, .none, "begin without calling recv", places: opening,
      elsewhere: "write pause NAME or resume NAME"),
    OptionRule(.rcvbuf, .size, "SO_RCVBUF in bytes; the kernel doubles it"),
    OptionRule(.sndbuf, .size, "SO_SNDBUF in bytes; the kernel doubles it"),
    OptionRule(
      .nodelay, .toggle, "TCP_NODELAY: send small segments at once", kinds: [.tcp],
      otherKinds: "Nagle's algorithm is TCP's"),
    OptionRule(
      .cork, .toggle, "TCP_CORK: send full segments only", kinds: [.tcp], otherKinds: "segments are TCP's"),
    OptionRule(
      .quickack, .toggle, "TCP_QUICKACK: acknowledge at once", kinds: [.tcp],
      otherKinds: "acknowledgements are TCP's"),
    OptionRule(
      .linger, .durationOrOff, "SO_LINGER in whole seconds; 0s makes close send an RST", kinds: [.tcp],
      otherKinds: "close leaves nothing unsent there"),
    OptionRule(
      .keepalive, .toggle, "SO_KEEPALIVE: probe an idle connection", kinds: [.tcp],
      otherKinds: "probes are TCP's"),
    OptionRule(
      .backlog, .size, "connections that may wait for accept", places: [.listen, .relay],
      elsewhere: "it is an argument of listen(2), and given once", kinds: connections,
      otherKinds: connectionless),
    OptionRule(
      .reuseport, .toggle, "SO_REUSEPORT: several listeners on one port", places: [.listen, .relay],
      elsewhere: "it is about bind(2), before a listener opens", kinds: [.tcp, .udp],
      otherKinds: "a Unix address has no port"),
    OptionRule(
      .reuseaddr, .toggle, "SO_REUSEADDR: bind although old connections are in TIME_WAIT (on)",
      places: [.listen, .relay],
      elsewhere: "it is about bind(2), before a listener opens", kinds: [.tcp, .udp],
      otherKinds: "a Unix address has no port"),
    OptionRule(
      .v6only, .toggle, "IPV6_V6ONLY: an IPv6 listener takes no IPv4", places: [.listen, .relay],
      elsewhere: "it is about bind(2), before a listener opens", kinds: [.tcp, .udp],
      otherKinds: "a Unix address has no version"),
    OptionRule(
      .join, .group, "IP_ADD_MEMBERSHIP: receive what is sent to a multicast group", places: notRelayed,
      elsewhere: passesOn, kinds: [.udp],
      otherKinds: "groups are UDP's"),
    OptionRule(
      .leave, .group, "IP_DROP_MEMBERSHIP: leave the group", places: [.set],
      elsewhere: "nothing was joined yet",
      kinds: [.udp], otherKinds: "groups are UDP's"),
    OptionRule(
      .broadcast, .toggle, "SO_BROADCAST: may send to a broadcast address", places: notRelayed,
      elsewhere: passesOn, kinds: [.udp],
      otherKinds: "broadcasts are UDP's"),
    OptionRule(
      .gro, .toggle, "UDP_GRO: one recv may return several datagrams", places: notRelayed,
      elsewhere: passesOn, kinds: [.udp],
      otherKinds: "UDP_GRO is UDP's"),
    OptionRule(
      .gso, .countOrOff, "UDP_SEGMENT: one send makes datagrams of N bytes", places: notRelayed,
      elsewhere: passesOn, kinds: [.udp],
      otherKinds: "UDP_SEGMENT is UDP's"),
    OptionRule(
      .oobinline, .toggle, "SO_OOBINLINE: urgent bytes come in line", kinds: streams,
      otherKinds: "urgent bytes are those of a stream"),
    OptionRule(
      .peekOff, .countOrOff, "SO_PEEK_OFF: where the next peek begins; it moves on with each",
      places: notRelayed,
      elsewhere: passesOn),
    OptionRule(
      .accept,
      .choice([Choice("auto", "accept(2) at once"), Choice("manual", "accept(2) only when told to")]),
      "call accept at once, or only when told to",
      places: [.listen, .set],
      elsewhere: "only a listener accepts", kinds: connections, otherKinds: connectionless),
    OptionRule(
      .atEnd,
      .choice([
        Choice("stay", "the connection stays open after its end of stream"),
        Choice("close", "close(2) after its end of stream"),
      ]),
      "what becomes of a connection after its end of stream (stay)", places: notRelayed,
      elsewhere: "a relay passes each end on, and closes a pair when both have ended", kinds: connections,
      otherKinds: "datagrams have no end of stream"),
    OptionRule(
      .from, .address, "bind(2) before connect(2): the client's own address, such as 127.0.0.2:0",
      places: [.connect], elsewhere: "a listener's address is the one it listens on, and a socket keeps it"),
    OptionRule(
      .up, .none, "the options behind it are for the way from the client to the target", places: relayed,
      elsewhere: ways),
    OptionRule(
      .down, .none, "the options behind it are for the way from the target to the client", places: relayed,
      elsewhere: ways),
    OptionRule(
      .slice, .sizes, "cut into sends of N bytes, or of A to B bytes drawn anew for each", places: relayed,
      elsewhere: ways, kinds: streams, otherKinds: "a datagram is passed on whole"),
    OptionRule(
      .seed, .number, "what is drawn for --slice A..B; pair 2 has the next seed", places: relayed,
      elsewhere: ways),
    OptionRule(.gap, .durationOrOff, "pause between two sends", places: relayed, elsewhere: ways),
    OptionRule(
      .proof, .toggle,
      "wait between two sends until recv calls of the watched program have returned all before, 200 ms at most",
      places: relayed, elsewhere: ways, kinds: streams, otherKinds: "a datagram is not cut"),
    OptionRule(
      .coalesce, .durationOrOff, "wait so long for more, and join it into one send", places: relayed,
      elsewhere: ways, kinds: streams, otherKinds: "a datagram is passed on whole"),
    OptionRule(
      .delay, .durationOrOff, "keep each byte so long before it is passed on", places: relayed,
      elsewhere: ways),
    OptionRule(.rate, .sizeOrOff, "bytes a second that are passed on", places: relayed, elsewhere: ways),
    OptionRule(
      .buffer, .size, "bytes inside, each way, before the other side is no longer read (65536)",
      places: [.relay],
      elsewhere: "it is decided when a relay opens"),
    OptionRule(
      .halfCloseLimit, .durationOrOff,
      "close a pair of which one side has ended and the other was silent so long",
      places: relayed, elsewhere: ways),
    OptionRule(
      .replay, .recorded,
      "send again what that socket of a recording sent, with its sizes and pauses, then close",
      places: ends, elsewhere: replays),
    OptionRule(
      .received, .none, "with --replay: what the socket received, as its peer sent it", places: ends,
      elsewhere: replays),
    OptionRule(
      .wait, .none,
      "with --replay: each send waits for as many bytes of the answer as had come before it then",
      places: ends, elsewhere: replays),
    OptionRule(
      .within, .duration, "with --replay: how long an answer is waited for (10s)", places: ends,
      elsewhere: replays),
  ]

  private static let replays = "what is played is said when a client or a listener opens"
  private static let ways = "only a relay passes bytes on"

  private static func meaning(_ mode: ReceivePolicy.Mode) -> String {
    switch mode {
    case .blocking: "recv(2) itself waits for bytes"
    case .select: "select(2) waits, then one recv(2)"
    case .poll: "poll(2) waits, then one recv(2)"
    case .epoll: "epoll_wait(2) waits, then one recv(2)"
    case .nonblocking: "recv(2) again and again, EAGAIN where nothing is there"
    case .manual: "recv(2) only when told to"
    }
  }
}

extension MessageFlags {
  /// The flags that recv(2) takes from users, as words: `oob, peek, …`.
  static var receiveWords: String { receivable.map(\.word).joined(separator: ", ") }

  /// The flags that recv(2) takes from users, each with its word and what it does.
  public static var receivable: [(flag: MessageFlags, word: String, meaning: String)] {
    words.compactMap { flag, word in
      switch flag {
      case .outOfBand: (flag, word, "MSG_OOB: the urgent byte")
      case .peek: (flag, word, "MSG_PEEK: the bytes stay in the queue")
      case .truncate: (flag, word, "MSG_TRUNC: a datagram's whole length; TCP's bytes are thrown away")
      case .dontWait: (flag, word, "MSG_DONTWAIT: EAGAIN instead of waiting")
      case .waitAll: (flag, word, "MSG_WAITALL: waits for a full buffer")
      default: nil
      }
    }
  }
}
