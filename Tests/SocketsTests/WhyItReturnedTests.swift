import Glibc
import Labs
import Staging
import SystemPackage
import Testing
import Traffic

@testable import Sockets

/// Why a recv() or send() returned what it did, on the real kernel: the reason, what the sentences say, and what they must not
/// say. Each row is one situation; options and flags come in pairs.
struct WhyItReturnedTests {
  struct Row: CustomTestStringConvertible, Sendable {
    var situation: String
    var lab: String
    /// `server.1 recv 2`: which call is asked about.
    var call: String
    var why: Reason?
    var says: [String] = []
    var mustNotSay: [String] = []

    var testDescription: String { situation }
  }

  private static let pair = "listen 0 --as server --mode manual\nconnect server --as client --nodelay\n"

  static let rows: [Row] = [
    Row(
      situation: "less than asked, and the queue is empty",
      lab: pair + "send client \"12345\"\nwait client sent\nwait 20ms\nrecv server.1 10",
      call: "server.1 recv 1",
      why: .drained, says: ["Only 5 bytes were there"], mustNotSay: ["sent 5"]),
    Row(
      situation: "all that was asked, and nothing is left",
      lab: pair + "send client \"12345\"\nwait client sent\nwait 20ms\nrecv server.1 5",
      call: "server.1 recv 1",
      why: .exact, says: ["exactly what was there"], mustNotSay: ["stay queued"]),
    Row(
      situation: "all that was asked, and a FIN behind it",
      lab: pair + "send client \"12345\" shutdown\nwait client sent\nwait 20ms\nrecv server.1 5",
      call: "server.1 recv 1", why: .exact, says: ["exactly what was there"], mustNotSay: ["stays queued"]),
    Row(
      situation: "all that was asked, after our own shutdown and the peer's FIN",
      lab: pair
        + "shutdown server.1 write\nwait 20ms\nsend client \"12345\" shutdown\nwait client sent\nwait 20ms\nrecv server.1 5",
      call: "server.1 recv 1", why: .exact, says: ["exactly what was there"], mustNotSay: ["stays queued"]),
    Row(
      situation: "all that was asked, and a reset behind it",
      lab: pair
        + "send client \"12345\"\nwait client sent\nwait 20ms\nclose client --reset\nwait 20ms\nrecv server.1 4",
      call: "server.1 recv 1", why: .filled, says: ["1 byte stays queued"]),
    Row(
      situation: "all that was asked, and more is left",
      lab: pair + "send client \"12345\"\nwait client sent\nwait 20ms\nrecv server.1 2",
      call: "server.1 recv 1",
      why: .filled, says: ["3 bytes stay queued"]),
    Row(
      situation: "0 after the peer's FIN",
      lab: pair + "shutdown client write\nwait 20ms\nrecv server.1 10", call: "server.1 recv 1",
      why: .endOfStream,
      says: ["FIN", "can still send"]),
    Row(
      situation: "0 after the peer's FIN and our own shutdown of the sending side",
      lab: pair + "shutdown server.1 write\nshutdown client write\nwait 20ms\nrecv server.1 10",
      call: "server.1 recv 1", why: .endOfStream, says: ["FIN", "both have ended"],
      mustNotSay: ["can still send"]),
    Row(
      situation: "0 after our own shutdown of the receiving side",
      lab: pair + "shutdown server.1 read\nrecv server.1 10", call: "server.1 recv 1", why: .endOfStream,
      says: ["our own shutdown()"], mustNotSay: ["FIN"]),
    Row(
      situation: "0 after our own shutdown, later data, and again 0",
      lab: pair
        + "shutdown server.1 read\nsend client \"late\"\nwait client sent\nwait 20ms\nrecv server.1 10\nrecv server.1 10",
      call: "server.1 recv 2", why: .endOfStream, says: ["our own shutdown()"], mustNotSay: ["FIN"]),
    Row(
      situation: "0 after a reset that recv() told",
      lab: pair + "close client --reset\nwait 20ms\nrecv server.1 10\nrecv server.1 10",
      call: "server.1 recv 2",
      why: .endOfStream, says: ["recv #1 told the error, ECONNRESET"], mustNotSay: ["FIN", "can still send"]),
    Row(
      situation: "0 after a reset that send() told",
      lab: pair
        + "close client --reset\nwait 20ms\nsend server.1 \"x\"\nwait server.1 sent\nrecv server.1 10",
      call: "server.1 recv 1", why: .endOfStream, says: ["send #1 told the error, ECONNRESET"],
      mustNotSay: ["FIN"]),
    Row(
      situation: "MSG_WAITALL with MSG_DONTWAIT",
      lab: pair + "send client \"12345\"\nwait client sent\nwait 20ms\nrecv server.1 20 dontwait,waitall",
      call: "server.1 recv 1", why: .waitAllCut, says: ["MSG_DONTWAIT"],
      mustNotSay: ["signal", "SO_RCVTIMEO"]),
    Row(
      situation: "MSG_WAITALL with SO_RCVTIMEO",
      lab: pair
        + "set server.1 --timeout 50ms\nsend client \"12345\"\nwait client sent\nwait 20ms\nrecv server.1 20 waitall",
      call: "server.1 recv 1", why: .waitAllCut, says: ["SO_RCVTIMEO, 50ms"], mustNotSay: ["signal"]),
    Row(
      situation: "MSG_WAITALL in a loop, whose calls never wait",
      lab:
        "listen 0 --as server --mode epoll --recv 20 --flags waitall\nconnect server --as client --nodelay\n"
        + "send client \"12345\"\nwait server.1 recv 1", call: "server.1 recv 1", why: .waitAllCut,
      says: ["never wait"], mustNotSay: ["signal"]),
    Row(
      situation: "MSG_WAITALL and the end of the stream",
      lab: pair + "send client \"12345\" shutdown\nwait client sent\nwait 20ms\nrecv server.1 20 waitall",
      call: "server.1 recv 1", why: .waitAllCut, says: ["end of the stream"],
      mustNotSay: ["signal", "SO_RCVTIMEO"]),
    Row(
      situation: "MSG_WAITALL, SO_RCVTIMEO, and the end of the stream before the time is over",
      lab: pair
        + "set server.1 --timeout 5s\nsend client \"12345\" shutdown\nwait client sent\nwait 20ms\nrecv server.1 20 waitall",
      call: "server.1 recv 1", why: .waitAllCut, says: ["end of the stream"], mustNotSay: ["SO_RCVTIMEO"]),
    Row(
      situation: "MSG_WAITALL and the urgent mark",
      lab: pair
        + "send client \"abc\" oob \"!\" \"def\"\nwait client sent\nwait 20ms\nrecv server.1 20 waitall",
      call: "server.1 recv 1", why: .waitAllCut, says: ["urgent mark"], mustNotSay: ["signal"]),
    Row(
      situation: "MSG_PEEK on a stream",
      lab: pair + "send client \"12345\"\nwait client sent\nwait 20ms\nrecv server.1 3 peek",
      call: "server.1 recv 1",
      why: .peeked, says: ["copied 3 bytes and took none"]),
    Row(
      situation: "MSG_PEEK at the end of the stream",
      lab: pair + "shutdown client write\nwait 20ms\nrecv server.1 3 peek", call: "server.1 recv 1",
      why: .peeked,
      says: ["end of the stream, which stays"], mustNotSay: ["still queued", "same bytes"]),
    Row(
      situation: "MSG_PEEK and MSG_TRUNC on TCP",
      lab: pair + "send client \"12345\"\nwait client sent\nwait 20ms\nrecv server.1 4 peek,trunc",
      call: "server.1 recv 1", why: .peeked, says: ["only counts", "none was taken"],
      mustNotSay: ["copied", "throws"]),
    Row(
      situation: "MSG_TRUNC on TCP",
      lab: pair + "send client \"12345\"\nwait client sent\nwait 20ms\nrecv server.1 10 trunc",
      call: "server.1 recv 1", why: .drained, says: ["throws them away", "buffer is untouched"]),
    Row(
      situation: "MSG_PEEK and MSG_TRUNC on a datagram",
      lab: "listen 0 --as server --udp --mode manual\nconnect server --as client --udp\n"
        + "send client \"1234567\"\nwait client sent\nwait 20ms\nrecv server 1 peek,trunc",
      call: "server recv 1",
      why: .peeked, says: ["copied 1 byte", "real length, 7", "nothing of it is lost"],
      mustNotSay: ["copied 7"]),
    Row(
      situation: "MSG_PEEK on a datagram that is longer",
      lab: "listen 0 --as server --udp --mode manual\nconnect server --as client --udp\n"
        + "send client \"1234567\"\nwait client sent\nwait 20ms\nrecv server 3 peek", call: "server recv 1",
      why: .peeked, says: ["copied 3 bytes", "longer than that", "still queued, whole"], mustNotSay: ["gone"]),
    Row(
      situation: "the urgent mark on TCP",
      lab: pair + "send client \"abc\" oob \"!\" \"def\"\nwait client sent\nwait 20ms\nrecv server.1 10",
      call: "server.1 recv 1", why: .urgentMark, says: ["stopped at the urgent mark", "queued behind"],
      mustNotSay: ["came while it returned"]),
    Row(
      situation: "the urgent mark with SO_OOBINLINE",
      lab: pair
        + "set server.1 --oobinline\nsend client \"abc\" oob \"!\" \"def\"\nwait client sent\nwait 20ms\nrecv server.1 10\n"
        + "recv server.1 10", call: "server.1 recv 2", why: .drained, says: ["Only 4 bytes were there"]),
    Row(
      situation: "the urgent mark on a Unix stream",
      lab: "listen @recvscope-why --as server --unix --mode manual\nconnect server --as client\n"
        + "send client \"abc\" oob \"!\" \"def\"\nwait client sent\nwait 20ms\nrecv server.1 10",
      call: "server.1 recv 1", why: .urgentMark, says: ["stopped at the urgent mark"],
      mustNotSay: ["came while it returned"]),
    Row(
      situation: "EAGAIN of a call that does not wait",
      lab: pair + "recv server.1 10 dontwait", call: "server.1 recv 1", why: .wouldBlock,
      says: ["was not to wait"], mustNotSay: ["SO_RCVTIMEO"]),
    Row(
      situation: "EAGAIN after SO_RCVTIMEO",
      lab: pair + "set server.1 --timeout 30ms\nrecv server.1 10", call: "server.1 recv 1", why: .timedOut,
      says: ["SO_RCVTIMEO, 30ms"]),
    Row(
      situation: "MSG_DONTWAIT goes before SO_RCVTIMEO",
      lab: pair + "set server.1 --timeout 5s\nrecv server.1 10 dontwait", call: "server.1 recv 1",
      why: .wouldBlock,
      says: ["was not to wait"], mustNotSay: ["SO_RCVTIMEO"]),
    Row(
      situation: "a reset by SO_LINGER 0 of a socket of this run",
      lab: pair + "close client --reset\nwait 20ms\nrecv server.1 10", call: "server.1 recv 1", why: .reset,
      says: ["client closed with SO_LINGER 0"], mustNotSay: ["FIN"]),
    Row(
      situation: "a reset by a close with unread data",
      lab: "listen 0 --as server --mode manual\nconnect server --as client --mode manual\n"
        + "send client \"12345\"\nwait client sent\nwait 20ms\nclose server.1\nwait 20ms\nrecv client 10",
      call: "client recv 1", why: .reset, says: ["server.1 closed with 5 bytes unread"],
      mustNotSay: ["SO_LINGER"]),
    Row(
      situation: "a close that left data unread",
      lab: "listen 0 --as server --mode manual\nconnect server --as client\n"
        + "send client \"12345\"\nwait client sent\nwait 20ms\nclose server.1\nwait 20ms",
      call: "server.1 close 1", says: ["5 bytes that were received and never read", "RST and no FIN"]),
    Row(
      situation: "a close that left nothing unread",
      lab: pair + "close client\nwait 20ms", call: "client close 1", says: ["FIN follows"],
      mustNotSay: ["RST"]),
    Row(
      situation: "a send() that a reset ended",
      lab: "listen 0 --as server --paused --rcvbuf 4k\nconnect server --as client --sndbuf 4k\n"
        + "send client zeros(1M)\nwait 100ms\nclose server.1\nwait client sent", call: "client send 1",
      says: ["a reset ended the wait"], mustNotSay: ["a signal"]),
    Row(
      situation: "an abstract name that nobody bound",
      lab: "connect @recvscope-nobody --as client\nwait 10ms", call: "client connect 1",
      says: ["No socket with that abstract name"], mustNotSay: ["file"]),
    Row(
      situation: "a port that nobody listens on",
      lab: "connect 127.0.0.1:1 --as client\nwait 10ms", call: "client connect 1",
      says: ["nobody listens on that port"]),
    Row(
      situation: "bind() on a port that is taken",
      lab: "listen TAKEN --as other", call: "other mark 1",
      says: ["bind() failed: another socket holds", "dual stack"], mustNotSay: ["connect()"]),
    Row(
      situation: "a second urgent byte displaces the first, which comes in line",
      lab: pair
        + "send client \"123\" 20ms oob \"4\" 20ms \"567\" 20ms oob \"890\"\nwait client sent\nwait 20ms\nrecv server.1 30",
      call: "server.1 recv 1", why: .urgentMark, says: ["queued behind"], mustNotSay: ["no longer held"]),
  ]

  @Test(arguments: rows + causes + otherCalls)
  func `The reason and the sentences tell why`(_ row: Row) throws {
    let stage = Stage()
    // The last line may fail: then that is what is asked about.
    try stage.play("listen 0 --as taken")
    let taken = try #require(stage.journal.socket(try stage.id("taken"))?.info.local)
    let stale = "/tmp/recvscope-why-\(getpid())"
    try Socket.make(family: AF_UNIX, kind: .unix).get()
      .bind(try #require(SocketAddress(unixPath: stale, isAbstract: false))).get()
    defer { unlink(stale) }
    let lab = row.lab.replacing("TAKEN", with: taken).replacing("STALE", with: stale)
    do { try stage.play(lab) } catch is CommandFailure {}
    let words = row.call.split(separator: " ").map(String.init)
    let number = try #require(Int(words[2]))
    let kind = try #require(Record.Kind.allCases.first { $0.word == words[1] })
    let records = try stage.records(words[0], kind)
    let record = try #require(records.count >= number ? records[number - 1] : nil, "\(row.call) is not there")
    #expect(Reason(record) == row.why)
    let peer = stage.journal.peer(of: record.socket).flatMap { Pairing(stage.journal, peer: $0) }
    let origin = peer?.sentence(for: record, peerName: "the peer") ?? ""
    let text = Explanation(record, in: stage.journal).text + " " + origin
    for part in row.says { #expect(text.contains(part), "it says: \(text)") }
    for part in row.mustNotSay { #expect(!text.contains(part), "it says: \(text)") }
  }
}
