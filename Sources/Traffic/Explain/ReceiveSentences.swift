import SystemPackage

/// Why one recv() returned what it did.
struct ReceiveSentences {
  private let record: Record
  private let around: Explanation.Circumstances

  init(_ record: Record, _ around: Explanation.Circumstances) {
    self.record = record
    self.around = around
  }

  private var call: String { "recv(\(record.asked))" }
  private var kind: SocketKind? { around.info?.kind }
  private var got: String { Explanation.bytes(record.result) }

  var explanation: Explanation {
    guard let reason = Reason(record) else { return Explanation(page: nil) }
    if record.flags.contains(.outOfBand) { return urgent(reason) }
    var explanation = explanation(of: reason)
    if record.flags.contains(.truncate), kind == .tcp, record.result > 0 {
      explanation.sentences.append(
        "MSG_TRUNC on TCP throws the bytes away: they are counted, and not copied.")
    }
    if record.conditions.contains(.controlTruncated) {
      explanation.sentences.append(
        "What the kernel says beside the bytes did not fit (MSG_CTRUNC), so some facts are missing.")
    }
    return explanation
  }

  private func explanation(of reason: Reason) -> Explanation {
    switch reason {
    case .filled, .exact: filled
    case .drained: drained
    case .endOfStream: endOfStream
    case .wouldBlock: wouldBlock
    case .timedOut:
      Explanation(
        "Nothing came for \(Units.duration(record.waited)): the receive timeout (SO_RCVTIMEO) was over.",
        "The errno is EAGAIN, as of a call that does not wait. The connection is as it was.",
        page: "socket(7), SO_RCVTIMEO")
    case .interrupted:
      Explanation(
        "A signal that was caught without SA_RESTART ended the wait: EINTR.",
        "No byte was taken and none is lost; a program calls recv() again. recvscope itself ends a blocked "
          + "call so, to pause or close.",
        page: "signal(7), Interruption of system calls")
    case .reset:
      Explanation(
        "An RST came instead of a FIN: the peer closed with unread data in its queue, or with SO_LINGER 0, "
          + "or is gone.",
        "The error is told once. Bytes that were queued before it come out first, and later calls return 0.",
        page: "recv(3p), ERRORS; socket(7), SO_LINGER")
    case .error: failed
    case .datagram, .datagramTruncated, .datagramEmpty: datagram(reason)
    case .datagramsJoined:
      Explanation(
        "\(joined ?? "") One recv() returned them all: \(got), with no border between them.",
        "Without UDP_GRO each recv() returns one datagram.", arrival, page: "udp(7), UDP_GRO")
    case .waitAll:
      Explanation(
        "MSG_WAITALL made \(call) wait until its buffer was full.", arrival, page: "recv(2), MSG_WAITALL")
    case .waitAllCut:
      Explanation(
        "MSG_WAITALL asks for all \(Explanation.bytes(record.asked)), and only \(record.result) came.",
        "A signal, an error, an end of stream or an urgent mark cuts the wait; the next call mostly tells which.",
        page: "recv(2), MSG_WAITALL")
    case .urgentMark:
      Explanation(
        "The read stopped at the urgent mark: one recv() never returns bytes from before and from after it.",
        "The urgent byte itself is read with MSG_OOB.", page: "tcp(7), Sockets API; sockatmark(3)")
    case .peeked: peeked
    }
  }

  private var filled: Explanation {
    let page = "recv(2), DESCRIPTION"
    if record.asked == 0 {
      return Explanation("\(call) asks for nothing and gets nothing. This 0 is no end of stream.", page: page)
    }
    switch record.queued {
    case 0?:
      return Explanation(
        "\(call) filled its buffer, and the queue is empty now. That does not mean that a message ends here.",
        arrival,
        page: page)
    case let left?:
      return Explanation(
        "More was queued than \(call) asked for: its buffer is full, and \(Explanation.bytes(left)) "
          + "\(left == 1 ? "stays" : "stay") queued. Borders between send() calls do not count.",
        arrival, page: page)
    case nil:
      return Explanation(
        "\(call) filled its buffer. The kernel did not say how much was left: the next call tells.", arrival,
        page: page)
    }
  }

  private var drained: Explanation {
    let late = record.queued.flatMap { left in
      left == 0 ? nil : "\(Explanation.bytes(left)) more came while it returned."
    }
    return Explanation(
      "Only \(got) \(record.result == 1 ? "was" : "were") there. \(call) takes what there is and does not "
        + "wait until "
        + "its buffer is full.",
      late, record.queued == nil ? "The kernel did not say whether more was left." : nil, arrival,
      page: "recv(2), DESCRIPTION")
  }

  /// What the stamp tells: it is that of the newest byte, so it proves something about all only if it lies before the call.
  private var arrival: String? {
    guard let arrived = record.arrived else {
      return kind == .tcp ? "When they arrived is unknown: the kernel gave no stamp." : nil
    }
    let before = record.start - arrived
    let isDatagram = record.conditions.contains(.datagram)
    if before >= 0 {
      let time = Units.duration(before)
      return isDatagram
        ? "It was there before the call: it had come \(time) earlier."
        : "All of it was there before the call: the newest byte had come \(time) earlier."
    }
    let after = "the \(isDatagram ? "datagram" : "newest byte") came \(Units.duration(-before)) into it."
    return record.flags.contains(.dontWait)
      ? "The call was just in time: \(after)" : "The call waited: \(after)"
  }

  private var endOfStream: Explanation {
    let page = "recv(2), RETURN VALUE"
    switch around.earlierEnd {
    case nil:
      let ended =
        kind == .tcp
        ? "the peer ended its sending side with a FIN" : "the peer closed, or ended its sending side"
      return Explanation(
        "0 means end of stream: \(ended), and every byte before that was read.",
        "It is no empty message. Our own side can still send, if the peer still reads.", page: page)
    case .endOfStream?:
      return Explanation(
        "The stream had ended already: each recv() after its end returns 0 at once.", page: page)
    case .failed(let errno)?:
      return Explanation(
        "0 because the connection is over: an earlier recv() told the error, \(errno.phrase).",
        "This is not the peer's orderly end.", page: page)
    case .shutDown?:
      return Explanation(
        "0 because shutdown() ended the receiving side here. Whether the peer ended too is unknown.",
        page: "shutdown(2); recv(2), RETURN VALUE")
    }
  }

  private var wouldBlock: Explanation {
    let isAfterWait =
      switch around.info?.policy.mode {
      case .select?, .poll?, .epoll?: true
      case .blocking?, .nonblocking?, .manual?, nil: false
      }
    return Explanation(
      "Nothing was queued, and the call was not to wait: EAGAIN. The connection is as it was; ask again "
        + "later.",
      isAfterWait
        ? "Ready was a hint: a recv() after select(), poll() or epoll may find nothing, and that is legal."
        : nil,
      page: isAfterWait ? "select(2), BUGS; recv(2), ERRORS" : "recv(2), ERRORS")
  }

  private func datagram(_ reason: Reason) -> Explanation {
    let page =
      kind.map { $0.isUnix } == true ? "recv(2), DESCRIPTION; unix(7)" : "recv(2), DESCRIPTION; udp(7)"
    let what = kind == .seqpacket ? "record" : "datagram"
    if reason == .datagramEmpty {
      return Explanation(
        "An empty \(what): somebody sent 0 bytes. On this kind of socket this 0 is no end of stream.",
        page: "recv(2), RETURN VALUE")
    }
    if reason == .datagramTruncated {
      let lost =
        record.lost.map { "the last \(Explanation.bytes($0)) \($0 == 1 ? "is" : "are") gone" }
        ?? "the rest is gone, and the kernel did not say how much"
      return Explanation(
        joined,
        "The \(what) was longer than the buffer of \(Explanation.bytes(record.asked)): \(lost). The next "
          + "call gets the next \(what).",
        record.flags.contains(.truncate)
          ? "MSG_TRUNC makes recv() return the real length, not what it copied." : nil,
        page: "recv(2), MSG_TRUNC")
    }
    return Explanation(
      "One recv() returns one \(what), never bytes of two: this one has \(got), and the buffer had room "
        + "for \(record.asked).",
      arrival, page: page)
  }

  /// What UDP_GRO did; nil if it did nothing.
  private var joined: String? {
    guard let count = record.segments, let size = record.segmentSize else { return nil }
    return
      "UDP_GRO joined \(Units.count(count)) datagrams of \(Explanation.bytes(size)) each, the last maybe shorter."
  }

  private var peeked: Explanation {
    let page = "recv(2), MSG_PEEK"
    if record.result == 0, record.asked > 0 {
      return Explanation(
        record.conditions.contains(.datagram)
          ? "MSG_PEEK looked at an empty datagram: it is still queued."
          : "MSG_PEEK found the end of the stream: there is nothing left to read.", page: page)
    }
    return Explanation(
      "MSG_PEEK copied \(got) and took none out of the queue: the next recv() gets the same bytes.",
      page: page)
  }

  private func urgent(_ reason: Reason) -> Explanation {
    let page = "recv(2), MSG_OOB; tcp(7), Sockets API"
    switch record.errno {
    case .invalidArgument?:
      return Explanation("There is no urgent byte to read: none came, or it was read before.", page: page)
    case .resourceTemporarilyUnavailable?:
      return Explanation("The peer has announced an urgent byte, and it is not here yet.", page: page)
    case .some: return reason == .reset ? explanation(of: .reset) : failed
    case nil:
      return record.result == 0
        ? Explanation("There is no urgent byte, and the stream has ended.", page: page)
        : Explanation(
          "MSG_OOB took the urgent byte, which is kept apart from the stream: a recv() without the flag "
            + "does not return it.",
          page: page)
    }
  }

  private var failed: Explanation {
    guard let errno = record.errno else { return Explanation(page: nil) }
    switch errno {
    case .connectionRefused where kind?.isUnix != true:
      return Explanation(
        "Something sent from here earlier was refused: nobody holds that port, and an ICMP message came "
          + "back to say so.",
        "A connected UDP socket is told by its next call, here a recv().", page: "udp(7), Error handling")
    case .socketNotConnected:
      return Explanation("There is no connection to receive from.", page: "recv(2), ERRORS")
    case .notSupportedOnSocket:
      return Explanation("This kind of socket does not know a flag of the call.", page: "recv(2), ERRORS")
    default: return Explanation(Explanation.failure(errno, of: "recv()"), page: "recv(2), ERRORS")
    }
  }
}
