import Testing

/// Rows of the experiments that a lab's lines can say: what the calls return, and the reason of each.
@Suite("What the kernel does, row by row")
struct ExperimentTests {
  struct Row: CustomTestStringConvertible {
    let testDescription: String
    let lines: [String]
    /// The socket that receives, what its calls return, and why.
    let socket: String
    let results: [String]
    let reasons: [String]

    init(_ name: String, _ lines: [String], _ socket: String, _ results: [String], _ reasons: [String]) {
      testDescription = name
      self.lines = lines
      self.socket = socket
      self.results = results
      self.reasons = reasons
    }
  }

  private static let byHand = ["listen 0 --as s --mode manual", "connect s --as c"]

  static let rows = [
    Row(
      "R2: 5 bytes queued", byHand + [#"send c "12345""#, "wait c sent", "recv s.1 10"], "s.1", ["5"],
      ["drained"]),
    Row(
      "R2: nothing queued, MSG_DONTWAIT", byHand + ["recv s.1 10 dontwait"], "s.1", ["EAGAIN"],
      ["would-block"]),
    Row(
      "R2: nothing queued, SO_RCVTIMEO",
      ["listen 0 --as s --timeout 50ms", "connect s --as c", "wait s.1 recv 1"], "s.1",
      ["EAGAIN"], ["timed-out"]),
    Row(
      "R2: MSG_WAITALL",
      [
        "listen 0 --as s --recv 10 --flags waitall", "connect s --as c", #"send c 30ms "abcd" 30ms "efghij""#,
        "wait s.1 recv 1",
      ], "s.1", ["10"], ["wait-all"]),
    Row(
      "R2: MSG_WAITALL and an end",
      [
        "listen 0 --as s --recv 10 --flags waitall", "connect s --as c", #"send c 30ms "abcd" 30ms shutdown"#,
        "wait s.1 end",
      ], "s.1", ["4", "0"], ["wait-all-cut", "eof"]),
    Row(
      "R2: SO_RCVLOWAT 8",
      [
        "listen 0 --as s --recv 10 --lowat 8", "connect s --as c", #"send c 30ms "abcd" 30ms "efghij""#,
        "wait s.1 recv 1",
      ], "s.1", ["10"], ["exact"]),
    Row(
      "R2: MSG_PEEK", byHand + [#"send c "12345""#, "wait c sent", "recv s.1 10 peek", "recv s.1 10"], "s.1",
      ["5", "5"],
      ["peeked", "drained"]),
    Row(
      "R2: an urgent byte",
      byHand + [
        #"send c "abc" oob "!" "def""#, "wait c sent", "recv s.1 100", "recv s.1 1 oob", "recv s.1 100",
      ], "s.1", ["3", "1", "3"], ["urgent-mark", "filled", "drained"]),
    Row(
      "R2: a reset",
      byHand + [
        #"send c "abc""#, "wait c sent", "close c --reset", "recv s.1 10", "recv s.1 10", "recv s.1 10",
      ], "s.1", ["3", "ECONNRESET", "0"], ["drained", "reset", "eof"]),
    Row(
      "R3: UDP",
      [
        "listen 0 --as s --udp --recv 10", "connect s --as c --udp", #"send c "a"*30 "" "12345""#,
        "wait s recv 3",
      ], "s", ["10", "0", "5"], ["datagram-truncated", "datagram-empty", "datagram"]),
    Row(
      "R3: UDP with MSG_TRUNC",
      [
        "listen 0 --as s --udp --recv 10 --flags trunc", "connect s --as c --udp", #"send c "a"*30"#,
        "wait s recv 1",
      ], "s", ["30"], ["datagram-truncated"]),
    Row(
      "R3: Unix seqpacket",
      [
        "listen @recvscope-rows-q --as s --seqpacket --recv 10", "connect s --as c --seqpacket",
        #"send c "a"*30 "12345""#,
        "wait s.1 recv 2",
      ], "s.1", ["10", "5"], ["datagram-truncated", "datagram"]),
    Row(
      "R3: Unix datagram",
      [
        "listen @recvscope-rows-d --as s --unix-dgram --recv 10", "connect s --as c --unix-dgram",
        #"send c "a"*30 "12345""#, "wait s recv 2",
      ], "s", ["10", "5"], ["datagram-truncated", "datagram"]),
    Row(
      "R3: Unix stream",
      [
        "listen @recvscope-rows-s --as s --unix --mode manual", "connect s --as c --unix",
        #"send c "a"*30 "12345""#,
        "wait c sent", "recv s.1 100",
      ], "s.1", ["35"], ["drained"]),
    Row(
      "R7: a peer that shut down its write side still receives",
      byHand + [
        "shutdown s.1 write", #"send c "12345""#, "wait c sent", "recv s.1 10",
      ], "s.1", ["5"], ["drained"]),
  ]

  @Test("A row", arguments: rows)
  func row(_ row: Row) throws {
    let outcome = try Program.run(["run", "--json"] + row.lines.flatMap { ["-e", $0] })
    #expect(outcome.exitCode == 0, "\(outcome.errorText)")
    let calls = try outcome.events.of("recv", row.socket)
    // The end of the run interrupts a call that waits, and that is a record too.
    #expect(calls.compactMap(\.result).filter { $0 != "EINTR" } == row.results)
    #expect(calls.filter { $0.errno != "EINTR" }.compactMap(\.why) == row.reasons)
  }

  @Test("R3: 65507 bytes are the largest datagram; one more fails with EMSGSIZE", arguments: [65507, 65508])
  func largestDatagram(size: Int) throws {
    let outcome = try Program.lab(
      "listen 0 --as s --udp --recv 100k", "connect s --as c --udp", "send c zeros(\(size))", "wait c sent")
    #expect(try outcome.events.of("send", "c").compactMap(\.result) == [size == 65507 ? "65507" : "EMSGSIZE"])
  }

  @Test("R3: nobody holds the port: the next recv fails with ECONNREFUSED")
  func refusedDatagram() throws {
    let outcome = try Program.lab(
      "connect 127.0.0.1:\(try Peer.freePort()) --as c --udp", #"send c "x""#, "wait c recv 1")
    #expect(try outcome.events.of("recv", "c").first?.errno == "ECONNREFUSED")
  }

  @Test("R6: connections of one listener share its address and differ in their peers")
  func connections() throws {
    let events = try Program.lab(
      "listen 0 --as s", "connect s --as a", "connect s --as b", #"send s.2 "x""#, "wait b recv 1"
    ).events
    let listen = try #require(events.of("listen").first)
    let accepted = events.of("accept", "s")
    #expect(accepted.count == 2 && accepted.allSatisfy { $0.local == listen.local })
    #expect(Set(accepted.compactMap(\.peer)) == Set(events.of("connect").compactMap(\.local)))
  }

  @Test("R6: before accept the client is connected and can send")
  func backlog() throws {
    let outcome = try Program.lab(
      "listen 0 --as s --recv 10 --accept manual", "connect s --as c", #"send c "12345""#, "wait c sent",
      "mark sent",
      "accept s", "wait s.1 recv 1")
    let events = try outcome.events
    let mark = try #require(events.of("mark").first)
    let accept = try #require(events.of("accept").first)
    #expect(mark.seq < accept.seq && events.of("send", "c").map(\.returned) == [5])
    #expect(events.received("s.1").first == "5")
  }

  @Test("R7: one recv is not the response, and who sends on to it is told")
  func notTheResponse() throws {
    let outcome = try Program.lab(
      "listen 0 --as s", "connect s --as c --recv 4096 --mode manual",
      "send s.1 zeros(100000) 50ms zeros(100000) 50ms \"x\"",
      "wait 20ms", "recv c", "close c", "wait s.1 sent")
    let events = try outcome.events
    #expect(events.received("c") == ["4096"])
    let last = try #require(events.of("send", "s.1").last?.errno)
    #expect(["ECONNRESET", "EPIPE"].contains(last))
  }
}
