import Testing
@testable import Traffic

struct ExplanationTests {
  typealias Around = Explanation.Circumstances

  private static func make(
    _ kind: Record.Kind, _ result: Int32 = 0, _ asked: UInt32 = 10,
    _ change: (inout Record) -> Void = { _ in }
  ) -> Record { SampleRecord.make(kind, result, of: asked, change) }

  /// One row: a record, what is known around it, words that its sentences must have, and the page's beginning.
  struct Row: Sendable {
    var record: Record
    var around: Around
    var words: [String]
    var page: String

    init(_ record: Record, _ around: Around, _ words: String..., page: String) {
      (self.record, self.around, self.words, self.page) = (record, around, words, page)
    }
  }

  private static let receives = [
    Row(
      make(.recv, 10, 10) { $0.left = 40 }, Around(.unix), "More was queued than recv(10) asked for",
      "40 bytes stay queued", page: "recv(2), DESCRIPTION"),
    Row(
      make(.recv, 10, 10) { $0.left = 1 }, Around(.tcp), "1 byte stays queued", "gave no stamp",
      page: "recv(2)"),
    Row(make(.recv, 10, 10), Around(.unix), "The kernel did not say how much was left", page: "recv(2)"),
    Row(
      make(.recv, 10, 10) { $0.left = 0 }, Around(.unix), "not mean that a message ends here",
      page: "recv(2)"),
    Row(make(.recv, 0, 0) { $0.left = 0 }, Around(.unix), "This 0 is no end of stream", page: "recv(2)"),
    Row(
      make(.recv, 5, 10) { ($0.left, $0.moment) = (0, 1_001_000) }, Around(.tcp), "Only 5 bytes were there",
      "does not wait until its buffer is full", "The call waited: the newest byte came 1.0 µs into it",
      page: "recv(2)"),
    Row(
      make(.recv, 1, 10) { ($0.left, $0.moment) = (3, 999_000) }, Around(.tcp), "Only 1 byte was there",
      "3 bytes more came while it returned", "the newest byte had come 1.0 µs earlier", page: "recv(2)"),
    Row(make(.recv, 5, 10), Around(.unix), "did not say whether more was left", page: "recv(2)"),
    Row(make(.recv, 0, 10, ended), Around(.tcp), "end of stream", "FIN", page: "recv(2), RETURN VALUE"),
    Row(
      make(.recv, 0, 10), Around(.tcp), "does not tell that the peer had ended it",
      page: "recv(2), RETURN VALUE"),
    Row(make(.recv, 0, 10), Around(.unix), "end of stream: the peer closed", page: "recv(2), RETURN VALUE"),
    Row(
      make(.recv, 0, 10, ended), Around(.tcp, history: past { $0.hasEnded = true }), "ended already",
      page: "recv(2)"),
    Row(
      make(.recv, 0, 10),
      Around(.tcp, history: past { $0.told = .init(call: .send, number: 3, errno: .connectionReset) }),
      "send #3 told the error, ECONNRESET", "not the peer's orderly end", page: "recv(2)"),
    Row(
      make(.recv, 0, 10), Around(.tcp, history: past { $0.hasShutDownReading = true }), "our own shutdown()",
      "later data is still read", page: "shutdown(2)"),
    Row(
      make(.recv, 0, 10, ended), Around(.tcp, history: past { $0.hasShutDownReading = true }), "FIN",
      "can still send", page: "recv(2)"),
    Row(
      make(.recv, 0, 10, ended), Around(.tcp, history: past { $0.hasShutDownWriting = true }), "FIN",
      "both have ended", page: "recv(2)"),
    Row(
      make(.recv, -11, 10), Around(.tcp, mode: .nonblocking), "EAGAIN", "ask again", page: "recv(2), ERRORS"),
    Row(make(.recv, -11, 10), Around(.tcp, mode: .poll), "that is legal", page: "select(2), BUGS"),
    Row(
      make(.recv, -11, 10) { $0.conditions = .timed }, Around(.tcp), "SO_RCVTIMEO", "2.0 µs",
      page: "socket(7)"),
    Row(
      make(.recv, 10, 10) { ($0.conditions, $0.queued) = (.edge, 40) }, Around(.tcp, mode: .epoll),
      "40 bytes stay queued", "EPOLLET", "until EAGAIN", page: "recv(2)"),
    Row(make(.recv, -4, 10), Around(.tcp), "from outside", "SA_RESTART", "none is lost", page: "signal(7)"),
    Row(
      make(.recv, -4, 10) { $0.conditions = .interruptedToPause }, Around(.tcp), "recvscope itself",
      "to pause",
      page: "signal(7)"),
    Row(make(.recv, -104, 10), Around(.tcp), "An RST came", "told once", page: "recv(3p)"),
    Row(
      make(.recv, -111, 10) { $0.conditions = .datagram }, Around(.udp), "nobody holds that port", "ICMP",
      page: "udp(7)"),
    Row(make(.recv, -9, 10), Around(.tcp), "EBADF", "More than this errno is not recorded", page: "recv(2)"),
    Row(
      make(.recv, 10, 10) { $0.flags = .waitAll }, Around(.unix), "wait until its buffer was full",
      page: "recv(2), MSG_WAITALL"),
    Row(
      make(.recv, 4, 10) { $0.flags = .waitAll }, Around(.tcp), "all 10 bytes, and 4 came",
      page: "recv(2), MSG_WAITALL"),
    Row(make(.recv, 3, 10) { $0.conditions = .atMark }, Around(.tcp), "urgent mark", page: "tcp(7)"),
    Row(
      make(.recv, 1, 1) { $0.flags = .outOfBand }, Around(.tcp), "took the urgent byte",
      page: "recv(2), MSG_OOB"),
    Row(
      make(.recv, -22, 1) { $0.flags = .outOfBand }, Around(.tcp), "no urgent byte to read",
      page: "recv(2), MSG_OOB"),
    Row(
      make(.recv, 5, 10) { $0.flags = .peek }, Around(.tcp), "took none out of the queue",
      page: "recv(2), MSG_PEEK"),
    Row(
      make(.recv, 0, 10) { $0.flags = .peek }, Around(.tcp), "the end of the stream",
      page: "recv(2), MSG_PEEK"),
    Row(
      make(.recv, 0, 10) { ($0.flags, $0.conditions) = (.peek, .datagram) }, Around(.udp),
      "an empty datagram",
      page: "recv(2), MSG_PEEK"),
    Row(
      make(.recv, 100, 100) { $0.flags = .truncate }, Around(.tcp), "throws them away", "untouched",
      page: "recv(2)"),
    Row(
      make(.recv, 5, 10) { $0.conditions = .datagram }, Around(.udp), "one datagram, never bytes of two",
      "this one has 5 bytes", page: "recv(2), DESCRIPTION; udp(7)"),
    Row(
      make(.recv, 10, 10) { ($0.conditions, $0.detail) = ([.datagram, .truncated], 20) }, Around(.udp),
      "the last 20 bytes are gone", page: "recv(2), MSG_TRUNC"),
    Row(
      make(.recv, 10, 10) { $0.conditions = [.datagram, .truncated] }, Around(.unixDatagram),
      "the kernel did not say how much", page: "recv(2), MSG_TRUNC"),
    Row(
      make(.recv, 30, 10) {
        ($0.conditions, $0.detail, $0.flags) = ([.datagram, .truncated], 20, .truncate)
      },
      Around(.udp), "real length", page: "recv(2), MSG_TRUNC"),
    Row(
      make(.recv, 0, 10) { $0.conditions = .datagram }, Around(.udp), "An empty datagram", "no end of stream",
      page: "recv(2)"),
    Row(
      make(.recv, 0, 10) { $0.conditions = .datagram }, Around(.seqpacket), "An empty record", page: "recv(2)"
    ),
    Row(
      make(.recv, 5, 10) { ($0.left, $0.conditions) = (0, .controlTruncated) }, Around(.unix), "MSG_CTRUNC",
      page: "recv(2)"),
  ]

  private static let ended: @Sendable (inout Record) -> Void = { $0.conditions = .peerEnded }

  private static func past(_ change: (inout SocketHistory) -> Void) -> SocketHistory {
    var history = SocketHistory()
    change(&history)
    return history
  }

  private static let sends = [
    Row(make(.send, 10, 10), Around(.tcp), "all 10 bytes into its send buffer", "not say", page: "send(2)"),
    Row(
      make(.send, 10, 10) { $0.end = 51_000_000 }, Around(.tcp),
      "took 50.0 ms, most "
        + "likely", page: "send(2)"),
    Row(make(.send, 0, 0), Around(.tcp), "does nothing on a stream", page: "send(2)"),
    Row(make(.send, 1, 1) { $0.flags = .outOfBand }, Around(.tcp), "urgent", page: "send(2), MSG_OOB"),
    Row(
      make(.send, 30, 30), Around(.udp), "one datagram", "does not say whether it arrives",
      page: "send(2); udp(7)"),
    Row(make(.send, 30, 30), Around(.seqpacket), "one record", page: "send(2); unix(7)"),
    Row(
      make(.send, 4, 10) { $0.left = 288_720 }, Around(.tcp), "4 of 10 bytes were taken", "288 720 bytes",
      "SIOCOUTQ",
      page: "send(2), RETURN VALUE"),
    Row(make(.send, 4, 10), Around(.tcp), "did not say how much waits", page: "send(2)"),
    Row(
      make(.send, -11, 10) { $0.left = 7 }, Around(.tcp), "send buffer was full", "7 bytes",
      page: "send(2), ERRORS"),
    Row(make(.send, -32, 10), Around(.tcp), "Broken pipe", "SIGPIPE", page: "send(2), ERRORS; signal(7)"),
    Row(make(.send, -104, 10), Around(.tcp), "reset the connection", page: "send(2), ERRORS"),
    Row(
      make(.send, -90, 65508), Around(.udp), "65 508 bytes are too many", "65 507",
      page: "send(2), "
        + "EMSGSIZE"),
    Row(make(.send, -90, 300_000), Around(.unixDatagram), "SO_SNDBUF", page: "send(2), EMSGSIZE"),
    Row(make(.send, -111, 10), Around(.udp), "earlier datagram was refused", page: "udp(7)"),
    Row(make(.send, -111, 10), Around(.unixDatagram), "Nobody holds the socket", page: "unix(7)"),
    Row(make(.send, -105, 10), Around(.udp), "was full", page: "send(2)"),
    Row(make(.send, -107, 10), Around(.tcp), "no peer", page: "send(2)"),
    Row(make(.send, -13, 10), Around(.udp), "SO_BROADCAST", page: "ip(7)"),
    Row(make(.send, -4, 10), Around(.tcp), "signal", page: "send(2)"),
  ]

  private static let others = [
    Row(
      make(.listen, 0, 16), Around(.tcp, .listener), "passive socket",
      "about 16 "
        + "finished", page: "listen(2)"),
    Row(make(.listen, 0, 0), Around(.udp, .bound), "without a connection", page: "bind(2); udp(7)"),
    Row(
      make(.accept, 0, 0) { ($0.detail, $0.left) = (3, 2) },
      Around(
        .tcp, .listener, others: [SocketID(3): SocketInfo(name: "server.1", kind: .tcp, role: .accepted)]),
      "new socket for it, server.1", "2 more wait", page: "accept(2)"),
    Row(
      make(.accept, 0, 0) { $0.detail = 3 }, Around(.tcp, .listener), "did not say how many",
      page: "accept(2)"),
    Row(make(.accept, -24, 0), Around(.tcp, .listener), "EMFILE", "stays in the backlog", page: "accept(2)"),
    Row(make(.accept, -11, 0), Around(.tcp, .listener), "No connection waits", page: "accept(2), NOTES"),
    Row(make(.accept, -103, 0), Around(.tcp, .listener), "gave up", page: "accept(2)"),
    Row(make(.connect), Around(.tcp), "handshake", page: "connect(2); tcp(7)"),
    Row(make(.connect), Around(.udp), "sends nothing", page: "connect(2); udp(7)"),
    Row(make(.connect), Around(.unix), "backlog", page: "connect(2); unix(7)"),
    Row(make(.connect, -111), Around(.tcp), "nobody listens on that port", page: "connect(2)"),
    Row(make(.connect, -111), Around(.unix), "nobody listens on it", page: "connect(2)"),
    Row(make(.connect, -110), Around(.tcp), "cannot tell", page: "connect(2), ERRORS; tcp(7)"),
    Row(make(.connect, -2), Around(.unix), "no socket with that name", page: "connect(2)"),
    Row(make(.connect, -11), Around(.unix), "backlog is full", page: "connect(2)"),
    Row(
      make(.shutdown) { $0.detail = Ending.write.rawValue }, Around(.tcp), "half-close", "FIN",
      page: "shutdown(2)"),
    Row(make(.shutdown) { $0.detail = Ending.read.rawValue }, Around(.tcp), "not told", page: "shutdown(2)"),
    Row(make(.shutdown, -107), Around(.tcp), "no connection to shut down", page: "shutdown(2)"),
    Row(
      make(.close) { $0.detail = Ending.normal.rawValue }, Around(.tcp), "FIN", "RST",
      page: "close(2); tcp(7)"),
    Row(
      make(.close) { $0.detail = Ending.reset.rawValue }, Around(.tcp), "SO_LINGER 0",
      page: "close(2); socket(7)"),
    Row(
      make(.close) { $0.detail = Ending.normal.rawValue }, Around(.udp), "no connection to end",
      page: "close(2)"),
    Row(
      make(.close) { $0.detail = Ending.normal.rawValue }, Around(.tcp, .listener), "accepted stay",
      page: "close(2)"),
    Row(
      make(.option),
      Around(.tcp, payload: OptionChange(name: "rcvbuf", granted: "8192", asked: "4096").payload),
      "Asked for 4 096 bytes, it granted 8 192",
      "doubles", page: "socket(7), SO_RCVBUF"),
    Row(
      make(.option),
      Around(.tcp, payload: OptionChange(name: "sndbuf", granted: "425984", asked: "9000000").payload),
      "net.core.wmem_max",
      page: "socket(7), SO_SNDBUF"),
    Row(
      make(.option), Around(.tcp, payload: OptionChange(name: "rcvbuf", granted: "2304", asked: "1").payload),
      "the least there is",
      page: "socket(7)"),
    Row(
      make(.option, -92),
      Around(.udp, payload: OptionChange(name: "gro", granted: "on", asked: "on").payload), "ENOPROTOOPT",
      "keeps the value",
      page: "udp(7)"),
  ]

  @Test(arguments: receives + sends + others)
  func `Sentences say what was asked, what was there and what the kernel did`(_ row: Row) {
    let explanation = Explanation(row.record, row.around)
    for words in row.words { #expect(explanation.text.contains(words), "\(explanation.text)") }
    #expect(explanation.page?.hasPrefix(row.page) == true, "\(explanation.page ?? "no page")")
  }

  @Test(arguments: Record.Kind.allCases)
  func `Every kind has sentences, whole ones, without a socket known too`(_ kind: Record.Kind) {
    for result: Int32 in [0, 1, -11, -104, -4095] {
      let record = SampleRecord.make(kind, result, of: 1) { $0.detail = Ending.write.rawValue }
      let sentences = Explanation(record, Around()).sentences
      #expect(!sentences.isEmpty)
      for sentence in sentences { #expect(sentence.hasSuffix("."), "\(sentence)") }
    }
  }

  @Test(arguments: OptionRule.all.map(\.name))
  func `Every option is explained`(_ name: OptionRule.Name) {
    let around = Around(.tcp, payload: OptionChange(name: name.rawValue, granted: "1", asked: "1").payload)
    #expect(Explanation(SampleRecord.make(.option), around).sentences != ["A socket option was set."])
  }
}
