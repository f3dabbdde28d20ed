import SystemPackage

/// Why one send() returned what it did.
struct SendSentences {
  /// A send that took this long was probably not only copying.
  private static let long: Nanoseconds = 10_000_000

  private let record: Record
  private let around: Explanation.Circumstances

  init(_ record: Record, _ around: Explanation.Circumstances) {
    self.record = record
    self.around = around
  }

  private var kind: SocketKind? { around.info?.kind }
  private var keepsBoundaries: Bool { kind?.keepsBoundaries ?? false }

  var explanation: Explanation {
    var all = call
    let relay = RelaySentences(record, around)
    all.sentences += [relay.origin, relay.proof].compactMap { $0 }
    return all
  }

  private var call: Explanation {
    if let errno = record.errno { return failed(errno) }
    return record.result < Int32(clamping: record.asked) ? short : accepted
  }

  private var flagSentence: String? {
    switch SendFlag(record.flags) {
    case .outOfBand?: return "MSG_OOB marked the last byte as urgent."
    case .more? where kind == .tcp:
      return "MSG_MORE said that more is to come: what fills no segment stays here until the next send()."
    case .more?: return "MSG_MORE changes nothing on this kind of socket."
    case nil: return nil
    }
  }

  private var accepted: Explanation {
    let urgent = flagSentence
    let page =
      record.flags.contains(.outOfBand)
      ? "send(2), MSG_OOB; tcp(7), Sockets API"
      : record.flags.contains(.more) ? "send(2), MSG_MORE; tcp(7), TCP_CORK" : "send(2), DESCRIPTION"
    if kind == .udp, record.flags.contains(.more) {
      return Explanation(
        "\(Explanation.bytes(record.result)) are kept for a datagram that the next send() without MSG_MORE sends.",
        page: "send(2), MSG_MORE; udp(7), UDP_CORK")
    }
    if keepsBoundaries {
      let what = kind == .seqpacket ? "record" : "datagram"
      return Explanation(
        record.result == 0
          ? "An empty \(what) went out: one recv() at the other end returns 0 for it."
          : "\(Explanation.bytes(record.result)) went out as one \(what), for one recv() at the other end.",
        kind == .udp
          ? "UDP does not say whether it arrives."
          : "It lies in the peer's queue until the peer calls recv().",
        urgent, page: kind == .udp ? "send(2); udp(7)" : "send(2); unix(7)")
    }
    if record.asked == 0 {
      return Explanation(
        "A send() of 0 bytes does nothing on a stream: the peer does not notice it.", page: page)
    }
    let all = "\(record.result == 1 ? "the" : "all") \(Explanation.bytes(record.result))"
    let them = record.result == 1 ? "it" : "them"
    return Explanation(
      kind == .unix
        ? "The kernel put \(all) into the peer's queue, and send() returned."
        : "The kernel copied \(all) into its send buffer, and send() returned.",
      "That does not say that the peer has \(kind == .unix ? "read" : "received or read") \(them).", urgent,
      record.waited >= Self.long
        ? "The call took \(Units.duration(record.waited)), most likely because the buffer was full and had "
          + "to drain first."
        : nil,
      page: page)
  }

  private var short: Explanation {
    let told = around.history.next?.errno
    let why =
      if let told, told.endsConnection {
        "a reset ended the wait for more room, as the next call told: \(told.phrase)"
      } else if around.history.isStoppedNext {
        "recvscope itself ended the wait for more room, to stop or close"
      } else {
        "a signal or an error ended the wait for more room; the next call mostly tells which"
      }
    return Explanation(
      "A short write: \(record.result) of \(Explanation.bytes(record.asked)) were taken, and \(why). A program must send the rest "
        + "with another call.",
      inBuffer, page: "send(2), RETURN VALUE")
  }

  private var inBuffer: String {
    record.queued.map {
      "\(Explanation.bytes($0)) in the buffer \($0 == 1 ? "is" : "are") not yet acknowledged (SIOCOUTQ)."
    }
      ?? "The kernel did not say how much waits in the buffer."
  }

  private func failed(_ errno: Errno) -> Explanation {
    switch errno {
    case .resourceTemporarilyUnavailable, .wouldBlock:
      return Explanation(
        "The send buffer was full, and the call was not to wait, or not longer (SO_SNDTIMEO): the peer "
          + "reads too slowly. "
          + "Nothing was taken.",
        keepsBoundaries ? nil : inBuffer, page: "send(2), ERRORS; socket(7), SO_SNDTIMEO")
    case .brokenPipe:
      return Explanation(
        "Broken pipe: nothing can be sent any more. "
          + (around.history.hasShutDownWriting
            ? "The sending side was shut down here."
            : "The peer is gone, and an RST or its close had told so."),
        "Without MSG_NOSIGNAL the signal SIGPIPE would have ended the program.",
        page: "send(2), ERRORS; signal(7)")
    case .connectionReset:
      let why =
        switch around.peer {
        case let peer? where peer.closed == .reset: "\(peer.name) closed with SO_LINGER 0."
        case let peer? where peer.closed != nil && peer.unread > 0:
          "\(peer.name) closed while data was unread."
        default: "it closed while data was unread, with SO_LINGER 0, or data came after it had closed."
        }
      return Explanation(
        "The peer reset the connection: \(why)",
        "What was sent before may never have been read.", page: "send(2), ERRORS")
    case .messageTooLong: return tooLong
    case .connectionRefused:
      return kind?.isUnix == true
        ? Explanation("Nobody holds the socket with that name any more.", page: "unix(7), ERRORS")
        : Explanation(
          "An earlier datagram was refused: nobody holds that port, and an ICMP message came back to say so.",
          "This one was not sent; the next may be.", page: "udp(7), Error handling")
    case .noSuchFileOrDirectory:
      return Explanation("There is no socket with that path.", page: "unix(7), ERRORS")
    case .noBufferSpace:
      return Explanation(
        "The queue of the network interface, or the kernel's memory for it, was full. Nothing was sent.",
        page: "send(2), ERRORS")
    case .socketNotConnected, .addressRequired:
      return Explanation("The socket has no peer, and the call named none.", page: "send(2), ERRORS")
    case .permissionDenied where kind == .udp:
      return Explanation(
        "To send to a broadcast address a socket needs SO_BROADCAST.",
        page: "ip(7), ERRORS; socket(7), SO_BROADCAST")
    default: return Explanation(Explanation.failure(errno, of: "send()"), page: "send(2), ERRORS")
    }
  }

  private var tooLong: Explanation {
    let limit =
      switch kind {
      case .udp?: "UDP over IPv4 carries at most 65 507."
      case .unixDatagram?, .seqpacket?: "Here the limit is the send buffer (SO_SNDBUF)."
      case .tcp?, .unix?, nil: "The kernel did not say what the limit is."
      }
    return Explanation(
      "A datagram goes out whole or not at all, and \(Explanation.bytes(record.asked)) are too many for "
        + "one. \(limit)",
      "Nothing was sent.", page: "send(2), EMSGSIZE; udp(7)")
  }
}
