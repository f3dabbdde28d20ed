import Testing

@Suite("Every mode of receiving")
struct ModeTests {
  static let waiting = ["select", "poll", "epoll"]

  @Test(
    "R1 with the gap gives 5 and then tens in each mode", arguments: ["blocking", "nonblocking"] + waiting)
  func recvReturns(mode: String) throws {
    let listener = try Listener(["--recv", "10", "--once", "--mode", mode])
    #expect(try RecvReturnsTests.client(gap: true, port: listener.port).wait().exitCode == 0)
    let events = try listener.child.wait().events
    let results = events.received("server.1")
    // Asking without waiting, the loop also meets moments when nothing is there.
    #expect(results.filter { $0 != "EAGAIN" } == RecvReturnsTests.apart)
    #expect(results.contains("EAGAIN") == (mode == "nonblocking"))
  }

  @Test("Before each call stands a wait that said readable", arguments: waiting)
  func waits(mode: String) throws {
    let listener = try Listener(["--recv", "10", "--once", "--mode", mode])
    #expect(try RecvReturnsTests.client(gap: true, port: listener.port).wait().exitCode == 0)
    let events = try listener.child.wait().events
    let waits = events.of("wait")
    #expect(waits.allSatisfy { $0.call == (mode == "epoll" ? "epoll_wait" : mode) })
    var readable: Set<String> = []
    for event in events {
      if event.event == "wait" { readable = Set(event.readable ?? []) }
      if event.event == "accept" { #expect(readable.contains("server")) }
      if event.event == "recv" { #expect(readable.contains("server.1"), "call \(event.n ?? 0)") }
    }
    #expect(waits.contains { ($0.waited ?? 0) > 50_000_000 })
  }

  @Test(
    "strace agrees call for call in each mode", .timeLimit(.minutes(2)), arguments: ["nonblocking"] + waiting)
  func strace(mode: String) throws {
    let strace = try Strace()
    let listener = try Listener(
      ["--recv", "10", "--once", "--mode", mode, "--pace", "20ms"], arguments: strace.arguments)
    #expect(try RecvReturnsTests.client(gap: true, port: listener.port).wait().exitCode == 0)
    let told = try listener.child.wait().events.received("server.1")
    let calls = try strace.calls().filter { $0.name == "recvmsg" || $0.name == "recvfrom" }
    let descriptor = try #require(calls.first { $0.descriptor.contains("<TCP:[") }?.number)
    #expect(told == calls.filter { $0.number == descriptor }.compactMap(\.result))
  }

  @Test("300 connections at once are all served whole", arguments: waiting)
  func manyConnections(mode: String) throws {
    let listener = try Listener(["--mode", mode, "--data", "none", "--show", "listen,accept,recv"])
    let clients = try Peer.python(
      """
      clients = [socket.create_connection(("127.0.0.1", port)) for _ in range(300)]
      for _ in range(10):
          for client in clients: client.sendall(bytes(100))
      for client in clients: client.shutdown(socket.SHUT_WR)
      for client in clients: assert client.recv(1) == b""
      """, port: listener.port)
    var accepted = 0
    var ended = 0
    var bytes: [String: Int] = [:]
    while ended < 300 {
      let event = try listener.child.event { $0.event == "recv" || $0.event == "accept" }
      if event.event == "accept" { accepted += 1 }
      if let socket = event.socket, let count = event.returned {
        bytes[socket, default: 0] += count
        if count == 0 { ended += 1 }
      }
    }
    #expect(try clients.wait().exitCode == 0)
    #expect(accepted == 300 && bytes.count == 300 && bytes.values.allSatisfy { $0 == 1000 })
  }
}
