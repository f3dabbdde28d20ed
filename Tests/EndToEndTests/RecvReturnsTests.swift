import Testing

/// R1, both ways round, against a peer that has nothing of the program in it.
@Suite("R1: when recv(10) returns")
struct RecvReturnsTests {
  static let apart = ["5", "10", "10", "10", "10", "10", "0"]
  static let together = ["10", "10", "10", "10", "10", "5", "0"]

  static func client(gap: Bool, port: Int) throws -> Child {
    try Peer.python(
      """
      client = socket.create_connection(("127.0.0.1", port))
      client.sendall(b"12345")
      \(gap ? "time.sleep(0.1)" : "")
      client.sendall(b"a" * 50)
      client.close()
      """, port: port)
  }

  @Test("A listener whose client leaves a gap gets 5 first, and then tens")
  func listenWithGap() throws {
    let listener = try Listener(["--recv", "10", "--once"])
    #expect(try Self.client(gap: true, port: listener.port).wait().exitCode == 0)
    let outcome = try listener.child.wait()
    let events = try outcome.events
    #expect(outcome.exitCode == 0, "\(outcome.errorText)")
    #expect(events.received("server.1") == Self.apart)
    #expect(events.bytes("server.1") == Array("12345".utf8) + [UInt8](repeating: 97, count: 50))
    let calls = events.of("recv", "server.1")
    #expect(calls.map(\.n) == Array(1...7))
    #expect(calls.allSatisfy { $0.asked == 10 })
    #expect(calls.prefix(6).map(\.offset) == [0, 5, 15, 25, 35, 45])
    #expect(calls.map(\.queued).prefix(5) == [0, 40, 30, 20, 10])
    #expect(calls.map(\.why) == ["drained", "filled", "filled", "filled", "filled", "exact", "eof"])
    // The second call waited for the 50 bytes, which came when the gap was over.
    #expect((calls[1].waited ?? 0) > 50_000_000 && (calls[2].waited ?? .max) < 50_000_000)
    #expect(calls.prefix(6).allSatisfy { ($0.arrived ?? .max) <= $0.t })
  }

  @Test("In plain output what fed a recv stands above it, in every run")
  func causeAboveEffect() throws {
    for _ in 0..<20 {
      let outcome = try Program.run(["run", "recv-returns", "--show", "send,recv"])
      let rows = outcome.lines.map { $0.split(separator: " ").joined(separator: " ") }
      func place(_ words: String) -> Int? { rows.firstIndex { $0.contains(" \(words) ") } }
      let sends = try (1...2).map { try #require(place("client send #\($0)")) }
      // recv #1 holds bytes of the first send(), the last one before the end of the second.
      #expect(try sends[0] < #require(place("server.1 recv #1")), "\(outcome)")
      #expect(try sends[1] < #require(place("server.1 recv #6")), "\(outcome)")
    }
  }

  @Test("A listener whose client leaves no gap gets one of two outcomes")
  func listenWithoutGap() throws {
    let listener = try Listener(["--recv", "10", "--once"])
    #expect(try Self.client(gap: false, port: listener.port).wait().exitCode == 0)
    let events = try listener.child.wait().events
    #expect([Self.apart, Self.together].contains(events.received("server.1")))
    #expect(events.bytes("server.1") == Array("12345".utf8) + [UInt8](repeating: 97, count: 50))
  }

  @Test("A client's burst gives a server that calls recv(10) the same", arguments: [true, false])
  func connect(gap: Bool) throws {
    let server = try Peer.pythonServer(
      """
      connection, _ = server.accept()
      while True:
          bytes = connection.recv(10)
          print(len(bytes))
          if not bytes: break
      connection.close()
      """)
    let burst = gap ? #""12345" 100ms "a"*50"# : #""12345" "a"*50"#
    let outcome = try Program.run(["connect", "127.0.0.1:\(server.port)", "--json", "--send", burst])
    let got = try server.child.wait().lines.dropFirst()
    #expect(outcome.exitCode == 0, "\(outcome.errorText)")
    #expect(gap ? Array(got) == Self.apart : [Self.apart, Self.together].contains(Array(got)))
    let sends = try outcome.events.of("send", "client")
    #expect(sends.map(\.returned) == [5, 50])
    #expect(sends.map(\.offset) == [0, 5])
    let planned = sends.compactMap(\.planned)
    #expect(planned.count == 2 && planned[1] - planned[0] == (gap ? 100_000_000 : 0))
    #expect(zip(sends, planned).allSatisfy { ($0.start ?? 0) >= $1 })
  }

  @Test("The program's own two sides agree: every byte that was sent is received, in order")
  func bothSides() throws {
    let outcome = try Program.lab(
      "listen 0 --as s --recv 10", "connect s --as c", #"send c "12345" 100ms "a"*50"#, "close c",
      "wait s.1 end",
      "expect s.1 recv 5 10 10 10 10 10 0")
    let events = try outcome.events
    #expect(outcome.exitCode == 0, "\(outcome.errorText)")
    #expect(events.received("s.1") == Self.apart)
    #expect(events.of("send", "c").flatMap { $0.payload ?? [] } == events.bytes("s.1"))
    #expect(events.map(\.seq) == Array(events.indices))
    #expect(events.first?.event == "start" && events.first?.t == 0)
    #expect(events.of("expect").map(\.ok) == [true])
    let accept = try #require(events.of("accept", "s").first)
    let connect = try #require(events.of("connect", "c").first)
    #expect(accept.connection == "s.1" && accept.peer == connect.local && accept.local == connect.peer)
  }
}
