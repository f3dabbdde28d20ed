import Glibc
import Labs
import Staging
import SystemPackage
import Testing
import Traffic

@testable import Sockets

extension WhyItReturnedTests {
  private static let pair = "listen 0 --as server --mode manual\nconnect server --as client --nodelay\n"
  private static let five = pair + "send client \"12345\"\nwait client sent\nwait 20ms\n"
  /// A receiver that waits in recv() when the next line is played.
  private static let waiting = "listen 0 --as server\nconnect server --as client --nodelay\nwait 60ms\n"
  private static let waitingForAll =
    "listen 0 --as server --recv 20 --flags waitall\nconnect server --as client --nodelay\n"
    + "send client \"12345\"\nwait client sent\nwait 60ms\n"

  /// What options, ends and our own doing have to do with it.
  static let causes: [Row] = [
    Row(
      situation: "all that was asked, after the peer's FIN and our own shutdown",
      lab: pair + "send client \"12345\" shutdown\nwait client sent\nwait 20ms\nshutdown server.1 write\n"
        + "wait 20ms\nrecv server.1 5", call: "server.1 recv 1", why: .exact,
      says: ["exactly what was there"], mustNotSay: ["stays queued"]),
    Row(
      situation: "nothing was asked for",
      lab: five + "recv server.1 0", call: "server.1 recv 1", why: .filled, says: ["asks for nothing"],
      mustNotSay: ["end of stream:"]),
    Row(
      situation: "a wait beside queued bytes, for SO_RCVLOWAT",
      lab: pair + "set server.1 --lowat 8\nsend client \"1234\" 300ms \"5678901234567\"\nwait 50ms\n"
        + "recv server.1 100", call: "server.1 recv 1", why: .drained,
      says: ["SO_RCVLOWAT was 8", "beside it"],
      mustNotSay: ["Nothing was queued", "SO_RCVTIMEO", "queue was empty"]),
    Row(
      situation: "a wait for SO_RCVLOWAT that SO_RCVTIMEO ended",
      lab: pair + "set server.1 --lowat 8 --timeout 50ms\nsend client \"1234\"\nwait client sent\nwait 20ms\n"
        + "recv server.1 100", call: "server.1 recv 1", why: .drained,
      says: ["SO_RCVLOWAT was 8", "SO_RCVTIMEO, 50ms ended the wait before"], mustNotSay: ["signal"]),
    Row(
      situation: "0 after the peer's FIN and an EPIPE that send() told",
      lab: pair + "close client\nwait 20ms\nsend server.1 \"x\"\nwait server.1 sent\nwait 20ms\n"
        + "send server.1 \"y\"\nwait server.1 sent\nrecv server.1 10", call: "server.1 recv 1",
      why: .endOfStream, says: ["FIN", "can send no more: send #2 told EPIPE"],
      mustNotSay: ["can still send", "told the error"]),
    Row(
      situation: "0 after an EPIPE of our own shutdown, and the peer's FIN",
      lab: pair + "shutdown server.1 write\nsend server.1 \"x\"\nwait server.1 sent\nshutdown client write\n"
        + "wait 20ms\nrecv server.1 10", call: "server.1 recv 1", why: .endOfStream,
      says: ["FIN", "both have ended"], mustNotSay: ["told the error", "can still send"]),
    Row(
      situation: "0 after our own shutdown of a Unix stream",
      lab: "listen @recvscope-why-shut --as server --unix --mode manual\nconnect server --as client\n"
        + "shutdown server.1 read\nrecv server.1 10", call: "server.1 recv 1", why: .endOfStream,
      says: ["our own shutdown()"], mustNotSay: ["FIN", "On TCP"]),
    Row(
      situation: "0 after a Unix peer closed, and an EPIPE that send() told",
      lab: "listen @recvscope-why-epipe --as server --unix --mode manual\nconnect server --as client\n"
        + "close client\nwait 20ms\nsend server.1 \"x\"\nwait server.1 sent\nrecv server.1 10",
      call: "server.1 recv 1", why: .endOfStream, says: ["the peer closed", "send #1 told EPIPE"],
      mustNotSay: ["FIN", "can still send", "told the error"]),
    Row(
      situation: "MSG_WAITALL that our own pause ended",
      lab: waitingForAll + "pause server.1\nwait 20ms", call: "server.1 recv 1", why: .waitAllCut,
      says: ["recvscope itself ended the wait, to pause"], mustNotSay: ["A signal", "SO_RCVTIMEO"]),
    Row(
      situation: "MSG_WAITALL that a reset ended",
      lab: waitingForAll + "close client --reset\nwait server.1 end", call: "server.1 recv 1",
      why: .waitAllCut, says: ["An error cut it", "ECONNRESET"], mustNotSay: ["FIN", "A signal"]),
    Row(
      situation: "MSG_WAITALL and the end of a Unix stream",
      lab: "listen @recvscope-why-all --as server --unix --recv 20 --flags waitall\n"
        + "connect server --as client\nsend client \"12345\" close\nwait server.1 end",
      call: "server.1 recv 1",
      why: .waitAllCut, says: ["The end of the stream cut it", "has ended its sending side"],
      mustNotSay: ["FIN", "signal"]),
    Row(
      situation: "an older urgent byte that a newer one displaced",
      lab: pair + "send client \"123\" 20ms oob \"4\" 20ms \"567\" 20ms oob \"890\"\nwait client sent\n"
        + "wait 20ms\nrecv server.1 30 oob\nrecv server.1 30", call: "server.1 recv 2", why: .drained,
      says: ["The urgent byte of send #2 came in line: a newer one displaced it"],
      mustNotSay: ["no longer held", "has not returned", "#4 came in line"]),
    Row(
      situation: "the urgent mark, after the urgent byte was read",
      lab: pair + "send client \"abc\" oob \"!\" \"def\"\nwait client sent\nwait 20ms\nrecv server.1 1 oob\n"
        + "recv server.1 10", call: "server.1 recv 2", why: .urgentMark,
      says: ["3 bytes are queued behind.", "was read before, with MSG_OOB"], mustNotSay: ["among them"]),
    Row(
      situation: "all that was there, up to an urgent byte that was read",
      lab: pair + "send client \"abc\" oob \"!\"\nwait client sent\nwait 20ms\nrecv server.1 1 oob\n"
        + "recv server.1 10", call: "server.1 recv 2", why: .drained, says: ["Only 3 bytes were there"],
      mustNotSay: ["more came while", "urgent"]),
    Row(
      situation: "the urgent mark, where SO_OOBINLINE leaves the urgent byte",
      lab: pair + "set server.1 --oobinline\nsend client \"abc\" oob \"!\" \"def\"\nwait client sent\n"
        + "wait 20ms\nrecv server.1 10", call: "server.1 recv 1", why: .urgentMark,
      says: ["4 bytes are queued behind", "the next recv() returns it"], mustNotSay: ["read with MSG_OOB"]),
    Row(
      situation: "an urgent byte in line for SO_OOBINLINE",
      lab: pair + "set server.1 --oobinline\nsend client \"abc\" oob \"!\" \"def\"\nwait client sent\n"
        + "wait 20ms\nrecv server.1 10\nrecv server.1 10", call: "server.1 recv 2", why: .drained,
      says: ["SO_OOBINLINE leaves it in line"], mustNotSay: ["displaced"]),
    Row(
      situation: "MSG_OOB with SO_OOBINLINE",
      lab: pair + "set server.1 --oobinline\nsend client oob \"!\"\nwait client sent\nwait 20ms\n"
        + "recv server.1 1 oob", call: "server.1 recv 1", why: .error,
      says: ["SO_OOBINLINE leaves urgent bytes in line"], mustNotSay: ["none came"]),
    Row(
      situation: "MSG_OOB with MSG_PEEK",
      lab: pair + "send client \"abc\" oob \"!\"\nwait client sent\nwait 20ms\nrecv server.1 1 oob,peek",
      call: "server.1 recv 1", why: .peeked, says: ["looked at the urgent byte"],
      mustNotSay: ["took the urgent"]),
    Row(
      situation: "MSG_OOB with MSG_TRUNC on TCP",
      lab: pair + "send client \"abc\" oob \"!\"\nwait client sent\nwait 20ms\nrecv server.1 1 oob,trunc",
      call: "server.1 recv 1", why: .filled, says: ["took the urgent byte", "left the buffer untouched"]),
    Row(
      situation: "MSG_OOB on UDP, which passes over it",
      lab: "listen 0 --as server --udp --mode manual\nconnect server --as client --udp\n"
        + "send client \"1234567\"\nwait client sent\nwait 20ms\nrecv server 10 oob", call: "server recv 1",
      why: .datagram, says: ["One recv() returns one datagram"], mustNotSay: ["urgent"]),
    Row(
      situation: "a datagram's length, asked for with no buffer",
      lab: "listen 0 --as server --udp --mode manual\nconnect server --as client --udp\n"
        + "send client \"1234567\"\nwait client sent\nwait 20ms\nrecv server 0 peek,trunc",
      call: "server recv 1",
      why: .peeked, says: ["copied 0 bytes", "real length, 7", "nothing of it is lost"], mustNotSay: ["gone"]),
    Row(
      situation: "a datagram that is taken with no buffer",
      lab: "listen 0 --as server --udp --mode manual\nconnect server --as client --udp\n"
        + "send client \"1234567\"\nwait client sent\nwait 20ms\nrecv server 0 trunc", call: "server recv 1",
      why: .datagramTruncated, says: ["the last 7 bytes are gone", "real length"]),
    Row(
      situation: "EAGAIN of a socket that is asked again and again",
      lab: "listen 0 --as server --mode nonblocking\nconnect server --as client\nwait server.1 recv 2",
      call: "server.1 recv 1", why: .wouldBlock, says: ["was not to wait"],
      mustNotSay: ["SO_RCVTIMEO", "Ready was a hint"]),
    Row(
      situation: "a wait that our own close ended",
      lab: waiting + "close server.1\nwait 20ms", call: "server.1 recv 1", why: .interrupted,
      says: ["recvscope itself", "to close the socket"], mustNotSay: ["outside"]),
    Row(
      situation: "a wait that our own set ended",
      lab: waiting + "set server.1 --recv 5\nwait 20ms", call: "server.1 recv 1", why: .interrupted,
      says: ["recvscope itself", "to change how it receives (set)"], mustNotSay: ["outside"]),
    Row(
      situation: "a wait that our own pause ended",
      lab: waiting + "pause server.1\nwait 20ms", call: "server.1 recv 1", why: .interrupted,
      says: ["recvscope itself", "to pause"], mustNotSay: ["outside"]),
  ]

  /// What other calls say.
  static let otherCalls: [Row] = [
    Row(
      situation: "poll() of a socket that was reset",
      lab: pair + "close client --reset\nwait 20ms\npoll server.1", call: "server.1 wait 1",
      says: ["POLLERR", "POLLHUP"]),
    Row(
      situation: "epoll_wait() of a socket that was reset",
      lab: pair + "close client --reset\nwait 20ms\nepoll server.1", call: "server.1 wait 1",
      says: ["POLLERR", "POLLHUP"]),
    Row(
      situation: "select() of a socket that was reset",
      lab: pair + "close client --reset\nwait 20ms\nselect server.1", call: "server.1 wait 1",
      mustNotSay: ["POLLERR", "POLLHUP"]),
    Row(
      situation: "a send() that stopping its burst ended",
      lab: "listen 0 --as server --paused --rcvbuf 4k\nconnect server --as client --sndbuf 4k\n"
        + "send client zeros(1M)\nwait 100ms\nburst client stop\nwait client sent", call: "client send 1",
      says: ["A short write", "recvscope itself ended the wait"],
      mustNotSay: ["reset", "A signal", "a signal or"]),
    Row(
      situation: "a send() after a reset",
      lab: pair + "close client --reset\nwait 20ms\nsend server.1 \"x\"\nwait server.1 sent",
      call: "server.1 send 1", says: ["client closed with SO_LINGER 0"], mustNotSay: ["FIN", "unread"]),
    Row(
      situation: "a send() after the peer's close and the RST that answered the one before",
      lab: pair + "close client\nwait 20ms\nsend server.1 \"x\"\nwait server.1 sent\nwait 20ms\n"
        + "send server.1 \"y\"\nwait server.1 sent", call: "server.1 send 2",
      says: ["Broken pipe", "peer is gone"],
      mustNotSay: ["shut down here"]),
    Row(
      situation: "a send() after our own shutdown",
      lab: pair + "shutdown server.1 write\nsend server.1 \"x\"\nwait server.1 sent", call: "server.1 send 1",
      says: ["Broken pipe", "The sending side was shut down here"], mustNotSay: ["peer is gone"]),
    Row(
      situation: "a Unix path that nobody listens at", lab: "connect STALE --as client\nwait 10ms",
      call: "client connect 1", says: ["A socket file of that name is there, and nobody listens"],
      mustNotSay: ["abstract"]),
    Row(
      situation: "a Unix path that is not there", lab: "connect ./recvscope-none --as client\nwait 10ms",
      call: "client connect 1", says: ["There is no socket with that name"], mustNotSay: ["nobody listens"]),
    Row(
      situation: "a connect() whose SYN was dropped",
      // Each `set` waits for its connection: the third one must be the one too many.
      lab: "listen 0 --as server --backlog 1 --accept manual\nconnect server --as c1\nset c1 --nodelay\n"
        + "connect server --as c2\nset c2 --nodelay\nconnect server --as c3\nwait 300ms\naccept server\n"
        + "shutdown c3 write", call: "c3 connect 1",
      says: ["SYN was dropped and sent again", "backlog is full"], mustNotSay: ["nobody listens"]),
    Row(
      situation: "a connect() whose SYN was answered", lab: pair + "wait 10ms", call: "client connect 1",
      says: ["handshake was done"], mustNotSay: ["dropped"]),
    Row(
      situation: "bind() to a Unix name that is taken",
      lab: "listen @recvscope-why-taken --as one\nlisten @recvscope-why-taken --as two", call: "two mark 1",
      says: ["bind() failed", "has the name @recvscope-why-taken"], mustNotSay: ["connect()", "dual stack"]),
  ]

  /// A signal that others than recvscope sent: `call` is ended by it.
  @Test(
    arguments: [
      ("set server.1 --recv 20", Reason.interrupted, "A signal from outside"),
      (
        "send client \"12345\"\nwait client sent\nset server.1 --flags waitall --recv 20\nsend client \"678\"",
        .waitAllCut, "A signal or an error cut the wait"
      ),
    ])
  func `A signal from outside is told from our own doing`(lab: String, why: Reason, says: String) throws {
    let stage = Stage()
    try stage.play("listen 0 --as server\nconnect server --as client --nodelay\n" + lab)
    func found() throws -> Record? {
      try stage.records("server.1", .recv).first { Reason($0) == why && Interruption($0.conditions) == nil }
    }
    // One that comes before the call is entered interrupts nothing, hence again and again.
    eventually("no recv was interrupted") {
      interruptThread(named: "server.1")
      return (try? found()) != nil
    }
    let record = try #require(try found())
    let text = Explanation(record, in: stage.journal).text
    #expect(text.contains(says) && !text.contains("recvscope itself"), "it says: \(text)")
  }

  /// Sends the signal that interrupts to the threads of this process with a name.
  private func interruptThread(named name: String) {
    let folder = "/proc/self/task"
    guard let stream = opendir(folder) else { return }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let task = withUnsafeBytes(of: entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard let id = pid_t(task), let comm = try? FileReader.read("\(folder)/\(task)/comm"),
        comm == Array("\(name)\n".utf8)
      else { continue }
      kill(id, SIGUSR1)
    }
  }
}
