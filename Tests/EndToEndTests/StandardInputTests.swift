import Glibc
import Testing

@Suite("connect sends standard input")
struct StandardInputTests {
  @Test("The end of standard input is a half-close: the answer still comes")
  func halfClose() throws {
    let server = try Peer.pythonServer(
      """
      connection, _ = server.accept()
      total = 0
      while bytes := connection.recv(65536): total += len(bytes)
      connection.sendall(str(total).encode())
      connection.close()
      """)
    let input = [UInt8](repeating: 120, count: 300_000)
    let outcome = try Program.run(["connect", "127.0.0.1:\(server.port)", "--json"], input: .bytes(input))
    let events = try outcome.events
    #expect(outcome.exitCode == 0, "\(outcome.errorText)")
    #expect(events.bytes("client") == Array("300000".utf8))
    #expect(events.received("client").last == "0")
    let shutdown = try #require(events.of("shutdown", "client").first)
    let lastSend = try #require(events.of("send", "client").last)
    #expect(shutdown.how == "write" && lastSend.seq < shutdown.seq)
    #expect(events.of("send", "client").flatMap { $0.payload ?? [] } == input)
  }

  @Test("On UDP it is sent in datagrams that fit")
  func datagrams() throws {
    let sink = try Peer.python(
      """
      sink = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
      sink.bind(("127.0.0.1", 0))
      print(sink.getsockname()[1])
      sys.stdin.read()
      """, input: .pipe)
    let port = try #require(try sink.line())
    let input = [UInt8](repeating: 120, count: 200_000)
    let child = try Program.start(["connect", "127.0.0.1:\(port)", "--udp", "--json"], input: .bytes(input))
    var sent = 0
    while sent < input.count {
      let send = try child.event { $0.event == "send" }
      #expect(send.errno == nil && (send.returned ?? 0) <= 65_507)
      sent += try #require(send.returned)
    }
    child.signal(SIGINT)
    #expect(sent == input.count)
    #expect(try child.wait().exitCode == 130)
  }

  @Test("It is sent as it comes, not when it ends")
  func asItComes() throws {
    let server = try Peer.pythonServer(
      """
      connection, _ = server.accept()
      while bytes := connection.recv(100): print(bytes.decode())
      """)
    let child = try Program.start(["connect", "127.0.0.1:\(server.port)", "--json"], input: .pipe)
    child.send("one")
    #expect(try server.child.line() == "one")
    child.send("two")
    #expect(try server.child.line() == "two")
    child.closeInput()
    #expect(try child.wait().exitCode == 0)
  }

  @Test("A peer that ended its side first still gets all of standard input")
  func peerEndsFirst() throws {
    let server = try Peer.pythonServer(
      """
      connection, _ = server.accept()
      connection.sendall(b"answer")
      connection.shutdown(socket.SHUT_WR)
      while bytes := connection.recv(100): print(bytes.decode())
      """)
    let child = try Program.start(["connect", "127.0.0.1:\(server.port)", "--json"], input: .pipe)
    _ = try child.event { $0.event == "recv" && $0.why == "eof" }
    child.send("question")
    child.closeInput()
    let events = try child.wait().events
    #expect(try server.child.wait().lines.dropFirst() == ["question"])
    #expect(events.of("send", "client").map(\.returned) == [8])
    #expect(events.allSatisfy { $0.errno != "EBADF" })
  }
}
