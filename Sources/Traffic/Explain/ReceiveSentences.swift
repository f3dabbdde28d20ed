import SystemPackage

/// Why one recv() returned what it did.
struct ReceiveSentences {
  let record: Record
  private let around: Explanation.Circumstances

  init(_ record: Record, _ around: Explanation.Circumstances) {
    self.record = record
    self.around = around
  }

  private var call: String { "recv(\(record.asked))" }
  var kind: SocketKind? { around.info?.kind }
  var got: String { Explanation.bytes(record.result) }

  var history: SocketHistory { around.history }
  private var isLoops: Bool {
    switch around.info?.policy.mode {
    case .select?, .poll?, .epoll?, .nonblocking?: record.flags.contains(.dontWait)
    case .blocking?, .manual?, nil: false
    }
  }

  var explanation: Explanation {
    guard let reason = Reason(record) else { return Explanation(page: nil) }
    if record.isUrgent { return urgent(reason) }
    var explanation = explanation(of: reason)
    if isCounted, reason != .peeked {
      explanation.sentences.append(
        "MSG_TRUNC on TCP takes the bytes and throws them away: they are counted, and the buffer is untouched."
      )
    }
    if let held { explanation.sentences.append(held) }
    if let lowWater { explanation.sentences.append(lowWater) }
    if let edge { explanation.sentences.append(edge) }
    if record.conditions.contains(.controlTruncated) {
      explanation.sentences.append(
        "What the kernel says beside the bytes did not fit (MSG_CTRUNC), so some facts are missing.")
    }
    return explanation
  }

  /// True where MSG_TRUNC makes recv(2) count bytes instead of copying them. See tcp(7).
  var isCounted: Bool { record.flags.contains(.truncate) && kind == .tcp && record.result > 0 }

  /// Why the bytes came so long after their send(); nil if they did not.
  private var held: String? {
    guard let delay = around.delay, record.result > 0 else { return nil }
    let late = "They arrived \(Units.duration(delay.time)) after send #\(delay.send) was called"
    if let awaited = delay.awaited {
      return
        "\(late): Nagle's algorithm held them back until the ACK of what was sent before came, at "
        + "\(Units.time(awaited)), as the wire shows. TCP_NODELAY sends at once."
    }
    return switch delay.cause {
    case .nagle:
      "\(late): probably Nagle's algorithm held them back until what was sent before was acknowledged, and the "
        + "acknowledgement was delayed, by up to 40 ms. TCP_NODELAY sends at once."
    case .cork: "\(late): TCP_CORK or MSG_MORE held them back, which ends after 200 ms."
    }
  }

  /// What SO_RCVLOWAT had to do with a wait; nil if nothing.
  private var lowWater: String? {
    guard let mark = history.options[.lowat], mark != "1", !record.flags.contains(.dontWait),
      record.result > 0, record.waited >= 1_000_000
    else { return nil }
    // MSG_WAITALL says itself what cut it.
    let end =
      isTimeOver && record.result < record.asked && !record.flags.contains(.waitAll)
      ? " SO_RCVTIMEO\(timeoutText) ended the wait before." : ""
    return
      "SO_RCVLOWAT was \(mark): a recv() that waits is woken only once so many bytes have come, and what came before "
      + "may lie beside it meanwhile.\(end)"
  }

  /// What comes of one call for an edge; nil if nothing is left lying.
  private var edge: String? {
    guard record.conditions.contains(.edge), let queued = record.queued, queued > 0 else { return nil }
    return
      "The socket is watched by edges (EPOLLET), and this was the one recv() for an edge: epoll_wait() says nothing of what "
      + "is left until more comes. A program that is told by edges calls recv() until EAGAIN; see epoll(7)."
  }

  func explanation(of reason: Reason) -> Explanation {
    switch reason {
    case .filled, .exact: filled
    case .drained: drained
    case .endOfStream: endOfStream
    case .wouldBlock: wouldBlock
    case .timedOut:
      Explanation(
        "Nothing came for \(Units.duration(record.waited)): the receive timeout (SO_RCVTIMEO\(timeoutText)) was over.",
        "The errno is EAGAIN, as of a call that does not wait. The connection is as it was.",
        page: "socket(7), SO_RCVTIMEO")
    case .interrupted: interrupted
    case .reset: reset
    case .error: failed
    case .datagram, .datagramTruncated, .datagramEmpty: datagram(reason)
    case .datagramsJoined:
      Explanation(
        "\(joined ?? "") One recv() returned them all: \(got), with no border between them.",
        "Without UDP_GRO each recv() returns one datagram.", arrival, page: "udp(7), UDP_GRO")
    case .waitAll:
      Explanation(
        "MSG_WAITALL made \(call) wait until its buffer was full.", arrival, page: "recv(2), MSG_WAITALL")
    case .waitAllCut: waitAllCut
    case .urgentMark: urgentMark
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
        "\(call) filled its buffer, and that was exactly what was there: the queue is empty now. That does not mean "
          + "that a message ends here.",
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
  var arrival: String? {
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
    if let told = history.told {
      return Explanation(
        "0 because the connection is over: \(told.call.word) #\(told.number) told the error, \(told.errno.phrase).",
        "This is not the peer's orderly end.", page: page)
    }
    let isEnded = kind != .tcp || record.conditions.contains(.peerEnded)
    if history.hasShutDownReading, !isEnded || kind != .tcp {
      return Explanation(
        "0 because our own shutdown() ended the receiving side here. Whether the peer ended too is unknown.",
        kind == .tcp ? "On TCP later data is still read, and then it is 0 again." : nil,
        page: "shutdown(2); recv(2), RETURN VALUE")
    }
    if !isEnded {
      return Explanation(
        "0 means end of stream. The kernel does not tell that the peer had ended it: the connection is over.",
        page: page)
    }
    if history.hasEnded {
      return Explanation(
        "The stream had ended already: each recv() after its end returns 0 at once.", page: page)
    }
    let ended =
      kind == .tcp
      ? "the peer ended its sending side with a FIN" : "the peer closed, or ended its sending side"
    return Explanation(
      "0 means end of stream: \(ended), and every byte before that was read.",
      "It is no empty message. "
        + (history.hasShutDownWriting
          ? "Our own sending side was shut down before: both have ended."
          : history.brokenPipe.map { "Our own side can send no more: send #\($0) told EPIPE." }
            ?? "Our own side can still send, if the peer still reads."),
      page: page)
  }

  private var reset: Explanation {
    let why =
      switch around.peer {
      case let peer? where peer.closed == .reset: "\(peer.name) closed with SO_LINGER 0"
      case let peer? where peer.closed != nil && peer.unread > 0:
        "\(peer.name) closed with \(Explanation.bytes(peer.unread)) unread, or sent to after its close"
      case let peer? where peer.closed != nil: "data reached \(peer.name) after its close"
      default:
        "the peer closed with unread data in its queue, or with SO_LINGER 0, or data came after its close"
      }
    return Explanation(
      "An RST came: \(why).",
      "The error is told once. Bytes that were queued before it come out first, and later calls return 0.",
      page: "recv(3p), ERRORS; socket(7), SO_LINGER")
  }

  private var interrupted: Explanation {
    let page = "signal(7), Interruption of system calls"
    if let own = Interruption(record.conditions) {
      return Explanation(
        "recvscope itself ended the wait, to \(own.purpose): a signal without SA_RESTART, and the call returns EINTR.",
        "No byte was taken and none is lost.", page: page)
    }
    return Explanation(
      "A signal from outside, caught without SA_RESTART, ended the wait: EINTR.",
      "No byte was taken and none is lost; a program calls recv() again.", page: page)
  }

  /// Which of its causes cut MSG_WAITALL short, as far as the records tell.
  private var waitAllCut: Explanation {
    let asked = "MSG_WAITALL asks for all \(Explanation.bytes(record.asked)), and \(record.result) came."
    let page = "recv(2), MSG_WAITALL"
    if record.conditions.contains(.atMark) {
      return Explanation(asked, "The urgent mark stopped it: no recv() reads across that.", page: page)
    }
    if record.flags.contains(.dontWait) {
      let who =
        isLoops
        ? "The loop's calls never wait (MSG_DONTWAIT)" : "MSG_DONTWAIT goes before it: the call never waits"
      return Explanation(asked, "\(who), so it took what was there, and nothing cut it short.", page: page)
    }
    if let own = Interruption(record.conditions) {
      return Explanation(asked, "recvscope itself ended the wait, to \(own.purpose).", page: page)
    }
    if record.conditions.contains(.peerEnded) {
      let end = kind == .tcp ? "the peer's FIN has come" : "the peer has ended its sending side"
      return Explanation(
        asked, "The end of the stream cut it: \(end), and no more follows.", page: page)
    }
    if let errno = history.next?.errno, errno.endsConnection {
      return Explanation(asked, "An error cut it, which the next call told: \(errno.phrase).", page: page)
    }
    if isTimeOver {
      return Explanation(
        asked,
        "The receive timeout (SO_RCVTIMEO\(timeoutText)) was over, and the call returned what was there.",
        page: "\(page); socket(7), SO_RCVTIMEO")
    }
    return Explanation(
      asked,
      "A signal or an error cut the wait; the next call mostly tells which.",
      page: page)
  }

  /// True if SO_RCVTIMEO was set and the call took as long as that, or its length is not known.
  private var isTimeOver: Bool {
    guard record.conditions.contains(.timed) else { return false }
    guard let text = history.options[.timeout], let limit = try? DurationText.parse(text) else { return true }
    // The kernel counts in ticks, up to 10 ms long.
    return record.waited >= limit - 10_000_000
  }

  private var timeoutText: String { history.options[.timeout].map { ", \($0)" } ?? "" }

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

  var failed: Explanation {
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
