import Labs
import Sockets
import Staging
import Testing
import Traffic

@Suite("A relay, on real sockets")
struct RelayTests {
  static let modes = ["select", "poll", "epoll"]

  /// A server, a relay in front of it and a client of the relay.
  static func stage(_ options: String = "", server: String = "0", client: String = "") throws -> Stage {
    let stage = Stage()
    try stage.play(
      """
      listen \(server) --as server
      relay 0 server --as r \(options)
      connect r --as client \(client)
      wait server.1 sent
      """)
    return stage
  }

  @Test(
    "bytes pass at once, one recv one send, and each send names the recv that its bytes came in",
    arguments: modes)
  func transparent(mode: String) throws {
    let stage = try Self.stage("--mode \(mode)")
    try stage.play(
      """
      send client "hello"
      wait server.1 bytes 5
      send client "world"
      wait server.1 bytes 10
      send server.1 "answer"
      wait client bytes 6
      shutdown client write
      wait server.1 end
      send server.1 "bye"
      wait client bytes 9
      close server.1
      wait client end
      close client
      expect server.1 recv 5 5 0
      expect client recv 6 3 0
      """)
    let received = try stage.records("r.1.client", .recv).filter { $0.result > 0 }
    try Self.expect(stage, "r.1.target", sends: [5, 5])
    let sent = try stage.records("r.1.target", .send)
    for (number, send) in sent.enumerated() {
      let origin = stage.journal.origins(of: send)
      #expect(origin.count == 1)
      #expect(stage.journal.records(in: origin[0]..<origin[0] + 1).first?.record == received[number])
    }
    #expect(try stage.received("r.1.client") == Array("helloworld".utf8))
  }

  /// A send's record is written after the other side may have received it.
  static func expect(_ stage: Stage, _ socket: String, sends: [Int32]) throws {
    try stage.wait("its sends are recorded") {
      (try? stage.records(socket, .send))?.count ?? 0 >= sends.count
    }
    #expect(try stage.records(socket, .send).map(\.result) == sends)
  }

  static let crossings = [
    (
      "TCP to a Unix stream", "listen ./relay-test-\(1).sock --as server",
      "relay 0 ./relay-test-1.sock --as r"
    ),
    ("an abstract Unix stream to TCP", "listen 0 --as server", "relay @recvscope-relay-test server --as r"),
    (
      "Unix to Unix", "listen @recvscope-relay-t2 --as server",
      "relay @recvscope-relay-t3 @recvscope-relay-t2 --as r"
    ),
  ]

  @Test("TCP and Unix streams, and across the two", arguments: crossings)
  func crosses(_ what: String, listen: String, relay: String) throws {
    let stage = Stage()
    try stage.play(
      """
      \(listen)
      \(relay)
      connect r --as client
      send client "question"
      wait server.1 bytes 8
      send server.1 "answer"
      wait client bytes 6
      close client
      wait server.1 end
      expect server.1 recv 8 0
      """)
    try stage.play("close server.1\nclose server\nclose r")
    try stage.wait("everything is closed") { stage.manager.isAllClosed }
  }

  /// What a side does, and what the other one must see of it, as without a relay.
  static let endings: [(what: String, play: String, expect: String)] = [
    ("the client ends before data", "shutdown client write\nwait server.1 end", "expect server.1 recv 0"),
    (
      "the client ends after data", "send client \"abc\" shutdown\nwait server.1 end",
      "expect server.1 recv 3 0"
    ),
    (
      "the client ends with an answer still to come",
      "send client \"abc\" shutdown\nwait server.1 end\nsend server.1 \"late\"\nwait client bytes 4\nclose server.1\nwait client end",
      "expect client recv 4 0"
    ),
    (
      "the client resets before data", "close client --reset\nwait server.1 end",
      "expect server.1 recv ECONNRESET"
    ),
    (
      "the client resets after data",
      "send client \"abc\"\nwait server.1 bytes 3\nclose client --reset\nwait server.1 end",
      "expect server.1 recv 3 ECONNRESET"
    ),
    (
      "the client resets with an answer still to come",
      "send client \"abc\" shutdown\nwait server.1 end\nclose client --reset\nwait r.1.target end\nsend server.1 \"x\"\nwait server.1 sent",
      "expect server.1 recv 3 0"
    ),
    ("the target ends before data", "shutdown server.1 write\nwait client end", "expect client recv 0"),
    (
      "the target ends after data",
      "send server.1 \"abc\" shutdown\nwait client end\nsend client \"more\"\nwait server.1 bytes 4",
      "expect client recv 3 0"
    ),
    (
      "the target closes with a question still to come",
      "close server.1\nwait client end\nsend client \"x\"\nwait r.1.target end", "expect client recv 0 …"
    ),
    (
      "the target resets before data", "close server.1 --reset\nwait client end",
      "expect client recv ECONNRESET"
    ),
    (
      "the target resets after data",
      "send server.1 \"abc\"\nwait client bytes 3\nclose server.1 --reset\nwait client end",
      "expect client recv 3 ECONNRESET"
    ),
    (
      "the target resets after the client's end",
      "shutdown client write\nwait server.1 end\nclose server.1 --reset\nwait client end",
      "expect client recv ECONNRESET"
    ),
  ]

  @Test("ends and resets are passed on as what they are", arguments: endings, modes)
  func ends(_ ending: (what: String, play: String, expect: String), mode: String) throws {
    let stage = try Self.stage("--mode \(mode)")
    try stage.play(ending.play)
    #expect(stage.failure(of: ending.expect) == nil, "\(ending.what)")
    #expect(!stage.run.hasFailures, "\(ending.what)")
  }

  @Test("a reset after an end of stream is passed on too, in every mode", arguments: modes)
  func resetAfterEnd(mode: String) throws {
    let stage = try Self.stage("--mode \(mode)")
    try stage.play("send client \"abc\" shutdown\nwait server.1 end\nclose client --reset")
    // The target's side is reset: the server's next call tells it.
    try stage.wait("the pair is closed") {
      (try? stage.records("r.1.target", .close))?.last?.how == .reset
    }
  }

  @Test("a target that nobody listens at resets the client, and the row says why")
  func refused() throws {
    let stage = Stage()
    try stage.play(
      """
      listen 0 --as gone
      relay 0 gone --as r
      close gone
      connect r --as client
      wait client end
      expect client recv ECONNRESET
      """)
    #expect(try stage.records("r.1.target", .connect).map(\.errno?.rawValue) == [111])
    try stage.wait("the client's socket is closed") { (try? stage.records("r.1.client", .close))?.count == 1 }
    #expect(try stage.records("r.1.client", .close).map(\.how) == [.reset])
  }

  @Test("urgent data stays urgent, in its place")
  func urgent() throws {
    let stage = try Self.stage()
    try stage.play(
      """
      send client "abc" oob "!" "def"
      wait server.1 bytes 6
      expect server.1 recv 3 3
      """)
    #expect(
      try stage.records("r.1.target", .send).contains { $0.flags.contains(.outOfBand) && $0.result == 1 })
    #expect(try stage.received("server.1") == Array("abcdef".utf8))
  }

  @Test("the target may speak first")
  func targetFirst() throws {
    let stage = try Self.stage()
    try stage.play("send server.1 \"220 ready\"\nwait client bytes 9\nexpect client recv 9")
  }

  @Test("one that is not read stops the other at the bound, which is a row, and everything comes in the end")
  func slowSide() throws {
    let stage = try Self.stage(
      "--buffer 10k --rcvbuf 8k --sndbuf 8k", server: "0 --paused --rcvbuf 8k", client: "--sndbuf 8k")
    try stage.play("send client zeros(1M)")
    try stage.wait("reading stops") {
      (try? stage.records("r.1.client", .mark))?.isEmpty == false
    }
    let inside =
      try stage.records("r.1.client", .recv).reduce(0) { $0 + max(0, Int($1.result)) }
      - stage.records("r.1.target", .send).reduce(0) { $0 + max(0, Int($1.result)) }
    #expect(inside <= 10 << 10)
    try stage.play("resume server.1\nwait server.1 bytes 1M")
    let marks = try stage.records("r.1.client", .mark).compactMap { stage.journal.payload(of: $0) }
      .map { String(decoding: $0, as: UTF8.self) }
    #expect(marks.first?.hasPrefix("no longer read: ") == true)
    #expect(marks.contains { $0.hasPrefix("read again after ") })
  }

  @Test("what comes is cut, the same in every mode and however it came", arguments: modes)
  func slices(mode: String) throws {
    let stage = try Self.stage("--mode \(mode) --up --slice 1..7 --seed 42 --gap 100us")
    try stage.play(
      "send client (\"0123456789\")*30\nwait server.1 bytes 300\nsend server.1 \"whole\"\nwait client bytes 5"
    )
    try stage.wait("all is recorded") {
      (try? stage.records("r.1.target", .send).reduce(0) { $0 + max(0, $1.result) }) == 300
    }
    let sizes = try stage.records("r.1.target", .send).filter { $0.result > 0 }.map(\.result)
    #expect(sizes.allSatisfy { (1...7).contains($0) } && Set(sizes).count > 3)
    #expect(sizes.reduce(0, +) == 300)
    try Self.expect(stage, "r.1.client", sends: [5])
  }

  @Test("rules can be changed while it runs, of one pair and of one way")
  func changes() throws {
    let stage = try Self.stage()
    try stage.play(
      """
      set r.1 --up --slice 2
      send client "abcd"
      wait server.1 bytes 4
      set r --slice off
      send client "efgh"
      wait server.1 bytes 8
      send server.1 "ijkl"
      wait client bytes 4
      """)
    try Self.expect(stage, "r.1.target", sends: [2, 2, 4])
    try Self.expect(stage, "r.1.client", sends: [4])
    #expect(try stage.records("r.1.client", .option).count >= 2)
  }

  @Test("a way that is held lets go what it is told to, as it is told to")
  func byHand() throws {
    let stage = try Self.stage()
    try stage.play("hold r.1 up")
    for text in ["one", "two", "three"] {
      let before = try stage.received("r.1.client").count
      try stage.play("send client \"\(text)\"")
      try stage.wait("it has come in") {
        (try? stage.received("r.1.client").count) == before + text.utf8.count
      }
    }
    try stage.play("release r.1 up 3 1\nwait server.1 bytes 8")
    #expect(try stage.received("server.1") == Array("threeone".utf8))
    try stage.play("release r.1 up with \"TWO!\"\nwait server.1 bytes 12")
    try stage.wait("it is recorded") { (try? stage.records("r.1.target", .send))?.count == 3 }
    let last = try #require(try stage.records("r.1.target", .send).last)
    #expect(last.conditions.contains(.changed) && last.result == 4)
    try stage.play("send client \"four\"\nwait server.1 bytes 16")
    #expect(try stage.received("server.1") == Array("threeoneTWO!four".utf8))
    let id = try stage.id("r.1.client")
    let hands = stage.journal.records(of: id, in: stage.journal.ranks(of: id)).map(\.record)
      .filter { $0.way != nil }
    #expect(hands.map(\.kind) == [.hold, .release, .release])
    #expect(hands.map(\.asked) == [0, 8, 3])
  }

  @Test("a way that is held by messages lets messages go, and their length follows what replaces them")
  func messagesByHand() throws {
    let stage = try Self.stage()
    try stage.play(
      """
      frame r length:u16be
      send client 0x0003+"one" 0x00
      wait server.1 bytes 6
      hold r.1 up messages
      send client 0x04+"half" %{len16be:{"two"}}+%{len16be:{"three"}}+0x00 1ms 0x04+"fo"
      wait r.1.client bytes 26
      release r.1 up 3 2
      wait server.1 bytes 18
      expect server.1 data 0x0003 "one" 0x000005 "three" 0x0003 "two"
      """)
    #expect(
      stage.failure(of: "release r.1 up 1 with \"x\"")
        == "r.1: piece 1 is no whole message; raw behind the burst replaces it as it is")
    #expect(stage.failure(of: "release r.1 up 2 with \"x\"")?.contains("piece 2 is no whole message") == true)
    try stage.play(
      """
      send client "ur"
      wait r.1.client bytes 28
      """)
    #expect(stage.failure(of: "release r.1 up 2 with \"x\"")?.contains("header alone has 2 bytes") == true)
    try stage.play(
      """
      release r.1 up 2 with 0x0000+"longer" 1ms " than it was"
      wait server.1 bytes 38
      release r.1 up with "raw" raw
      wait server.1 bytes 41
      expect server.1 data 0x0003 "one" 0x000005 "three" 0x0003 "two" 0x0012 "longer than it was" "raw"
      """)
  }

  @Test("answers of HTTP are held as what their requests make of them")
  func httpByHand() throws {
    let stage = try Self.stage()
    try stage.play(
      """
      frame r http
      hold r.1 down messages
      send client "HEAD / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\nGET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n"
      wait server.1 bytes 55
      send server.1 ("HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\n")*2 "ok"
      wait r.1.target bytes 78
      release r.1 down 2 with "HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\nchanged"
      wait client bytes 45
      release r.1 down
      wait client bytes 83
      expect client data "HTTP/1.1 200 OK\\r\\nContent-Length: 7\\r\\n\\r\\nchanged" … "Content-Length: 2\\r\\n\\r\\n"
      """)
  }

  @Test("a framing that is said of a pair is that of both its sockets")
  func framedPair() throws {
    try Self.stage().play(
      """
      frame r.1 newline
      send client "one\\ntwo" 1ms "\\n"
      wait r.1.client messages 2
      send server.1 "a\\n"
      wait r.1.target messages 1
      expect r.1.client message 2 "two"
      expect r.1.target message 1 "a"
      """)
  }

  @Test("a pair can be framed when it is closed")
  func framedClosedPair() throws {
    let stage = try Self.stage()
    try stage.play(
      """
      send client "one\\ntwo" 1ms "\\n"
      wait server.1 bytes 8
      close client
      wait server.1 end
      close server.1
      """)
    let pair = [try stage.id("r.1.client"), try stage.id("r.1.target")]
    try #require(
      stage.journal.wait(limit: 10_000_000_000) {
        pair.allSatisfy { stage.journal.socket($0)?.totals.isClosed ?? false }
      })
    try stage.play("frame r.1 newline")
    #expect(stage.journal.messages(of: pair[0])?.messages.count == 2)
    #expect(stage.journal.socket(pair[1])?.info.sentFraming == FramingChoice("newline"))
  }

  @Test("messages are held only where it is known where they end")
  func heldMistakes() throws {
    let stage = try Self.stage()
    #expect(
      stage.failure(of: "hold r.1 up messages")
        == "r.1: nothing cuts its bytes into messages: say frame first, such as frame r newline")
    try stage.play(
      """
      frame r tls
      send client "no TLS"
      wait server.1 bytes 6
      """)
    #expect(
      stage.failure(of: "hold r.1 up messages")?.hasPrefix(
        "r.1: where its messages end is not known any more")
        == true)
    let datagrams = Stage()
    try datagrams.play(
      """
      listen 0 --udp --as server
      relay 0 server --udp --as r
      connect r --as client
      send client "x"
      wait server recv 1
      """)
    #expect(
      datagrams.failure(of: "hold r.1 up messages")?.contains("each datagram is a message") == true)
  }

  @Test(
    "what is still inside when it closes is named as not passed on, and the other side is not told that it was all"
  )
  func undelivered() throws {
    let stage = try Self.stage()
    try stage.play("hold r.1 up\nsend client \"lost\"")
    try stage.wait("it has come in") { (try? stage.received("r.1.client").count) == 4 }
    try stage.play("close r.1\nwait server.1 end\nexpect server.1 recv ECONNRESET")
    try stage.wait("both are closed") { (try? stage.records("r.1.target", .close))?.count == 1 }
    #expect(try stage.records("r.1.client", .close).map(\.undelivered) == [4])
    #expect(try stage.records("r.1.target", .close).map(\.how) == [.reset])
  }

  @Test("a pair that is half closed and silent for too long is closed")
  func halfCloseLimit() throws {
    let stage = try Self.stage("--half-close-limit 30ms")
    try stage.play("shutdown client write\nwait server.1 end\nwait client end")
    #expect(try stage.records("r.1.client", .mark).count == 1)
  }

  @Test("datagrams: a flow for each peer, an empty one too, and answers find their way", arguments: modes)
  func datagrams(mode: String) throws {
    let stage = Stage()
    try stage.play(
      """
      listen 0 --udp --as server
      relay 0 server --udp --as r --mode \(mode)
      connect r --as one
      connect r --as two
      send one "first"
      wait server recv 1
      send server "to one"
      wait one recv 1
      send two "second"
      wait server recv 2
      send server "to two"
      wait two recv 1
      send one "" "again"
      wait server recv 4
      expect server recv 5 6 0 5
      expect one recv 6
      expect two recv 6
      """)
    #expect(try stage.received("one") == Array("to one".utf8))
    #expect(try stage.received("two") == Array("to two".utf8))
  }

  @Test(
    "mistakes are told",
    arguments: [
      ("relay 0 nosuch.invalid:1", "getaddrinfo nosuch.invalid: "),
      ("hold client up", "client is no pair of a relay, such as relay.1"),
      ("release r.1 up 1", "r.1: there is no piece 1: 0 wait"),
      ("drop r.1 up 2", "r.1: there is no piece 2: 0 wait"),
      ("send r.1.client \"x\"", "the relay calls recv and send on r.1.client"),
      ("set r.1 --mode epoll", "r.1: one loop serves all pairs: set r --mode changes it"),
      ("set r.1 --flags peek", "r.1: --flags does not fit relay: "),
      ("set client --slice 3", "client: --slice does not fit it: only a relay passes bytes on"),
      ("relay 0 server --as r", "--as r: this name is taken"),
    ])
  func mistakes(line: String, message: String) throws {
    let stage = try Self.stage()
    let failure = stage.failure(of: line)
    #expect(failure?.hasPrefix(message) == true, "\(failure ?? "nothing was said")")
  }

  @Test("a relay to itself is refused")
  func loop() throws {
    let stage = Stage()
    let port = Int.random(in: 20_000..<30_000)
    for line in [
      "relay \(port) 127.0.0.1:\(port)", "relay *:\(port) 127.0.0.1:\(port)",
      "relay @recvscope-loop @recvscope-loop",
    ] {
      let failure = stage.failure(of: line)
      #expect(failure?.contains("it would pass on to itself for ever") == true, "\(line): \(failure ?? "")")
    }
  }

  @Test("hundreds of connections at once, each whole", arguments: modes)
  func many(mode: String) throws {
    let stage = Stage()
    try stage.play("listen 0 --as server --mode epoll --at-end close\nrelay 0 server --as r --mode \(mode)")
    try stage.play("on server bytes 1000 send \"done\" close")
    // More than a thousand descriptors: C's fd_set ends there.
    let count = 260
    for number in 1...count { try stage.play("connect r --as c\(number) --mode epoll --at-end close") }
    // Those that are over before the last one is there leave room for it.
    try stage.wait("every pair is there") { stage.journal.socket(named: "server.\(count)") != nil }
    for number in 1...count { try stage.play("send c\(number) zeros(1000)") }
    for number in 1...count { try stage.play("wait c\(number) end") }
    for number in 1...count { #expect(try stage.received("c\(number)") == Array("done".utf8)) }
    try stage.play("close server\nclose r")
    try stage.wait("everything is closed") { stage.manager.isAllClosed }
    let told = try stage.records("r", .mark).compactMap { stage.journal.payload(of: $0) }
      .filter { String(decoding: $0, as: UTF8.self).contains("FD_SETSIZE") }
    #expect(told.count == (mode == "select" ? 1 : 0))
  }
}
