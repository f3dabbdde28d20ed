import Foundation
import Testing

@Suite("A relay between the programs that people have")
struct RelayTests {
  /// `recvscope relay 0 TARGET --json …`, running, with its port known.
  struct Relay {
    let child: Child
    let port: Int

    init(to target: Int, _ options: [String] = [], arguments: [String] = [Program.path]) throws {
      child = try Child(arguments + ["relay", "0", "127.0.0.1:\(target)", "--json"] + options)
      let listen = try child.event { $0.event == "listen" }
      port = try #require(listen.local?.split(separator: ":").last.flatMap { Int($0) })
    }

    /// Ends it with Ctrl-C.
    func end() throws -> Outcome {
      child.signal(SIGINT)
      return try child.wait()
    }
  }

  @Test(
    "both sides see the ends that they see without it; socat and nginx turn each reset into an end of stream")
  func endings() throws {
    let folder = try Scratch()
    let (server, socatPort, nginxPort) = (try Peer.freePort(), try Peer.freePort(), try Peer.freePort())
    let relay = try Relay(to: server)
    let socat = try Child(
      [
        "socat", "-d", "-d", "TCP4-LISTEN:\(socatPort),bind=127.0.0.1,fork,reuseaddr",
        "TCP4:127.0.0.1:\(server)",
      ])
    try socat.errors(contain: "listening on")
    let nginx = try Self.nginx(
      folder, "stream { server { listen 127.0.0.1:\(nginxPort); proxy_pass 127.0.0.1:\(server); } }")
    try Self.waitForPort(nginxPort)
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("RelayEndings.py").path
    let outcome = try Child(
      [
        "python3", script, "\(server)", "direct=\(server)", "recvscope=\(relay.port)", "socat=\(socatPort)",
        "nginx=\(nginxPort)",
      ]
    ).wait()
    #expect(outcome.exitCode == 0, "\(outcome.errorText)")
    var seen: [String: [String: [String]]] = [:]
    for line in outcome.text.split(separator: "\n") {
      let row = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [Any])
      let (label, ending) = (try #require(row[0] as? String), try #require(row[1] as? String))
      seen[ending, default: [:]][label] = row[2] as? [String]
    }
    // Twelve endings, and an urgent byte from either side.
    #expect(seen.count == 14)
    for (ending, rows) in seen {
      #expect(rows["recvscope"] == rows["direct"], "\(ending)")
      if ending.contains("RST") {
        #expect(rows["socat"] != rows["direct"] && rows["nginx"] != rows["direct"])
      }
    }
    #expect(try relay.end().exitCode == 130)
    withExtendedLifetime((socat, nginx)) {}
  }

  @Test(
    "a web server behind it gives curl the same bytes, byte by byte", arguments: ["http.server", "nginx"])
  func web(server: String) throws {
    let folder = try Scratch()
    let text = (0..<600).map { "line \($0)\n" }.joined()
    _ = try folder.file("page.txt", text)
    let port = try Peer.freePort()
    let child =
      server == "nginx"
      ? try Self.nginx(
        folder, "http { access_log off; server { listen 127.0.0.1:\(port); root \(folder.path); } }")
      : try Child(
        ["python3", "-m", "http.server", "\(port)", "--bind", "127.0.0.1", "--directory", folder.path])
    try Self.waitForPort(port)
    let relay = try Relay(to: port, ["--slice", "1", "--gap", "100us"])
    let curl = try Child(
      ["curl", "--silent", "--show-error", "--max-time", "60", "http://127.0.0.1:\(relay.port)/page.txt"]
    ).wait()
    #expect(curl.text == text, "\(curl.errorText)")
    let events = try relay.end().events
    #expect(events.of("send", "relay.1.client").allSatisfy { $0.returned ?? 0 <= 1 })
    withExtendedLifetime(child) {}
  }

  @Test("TLS passes through it, cut as it may be")
  func tls() throws {
    let folder = try Scratch()
    let (key, certificate) = ("\(folder.path)/key.pem", "\(folder.path)/certificate.pem")
    let made = try Child(
      [
        "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate,
        "-days", "1",
        "-subj", "/CN=localhost",
      ]
    ).wait()
    #expect(made.exitCode == 0, "\(made.errorText)")
    let port = try Peer.freePort()
    let server = try Child(
      [
        "openssl", "s_server", "-accept", "127.0.0.1:\(port)", "-key", key, "-cert", certificate, "-www",
        "-quiet",
      ])
    try Self.waitForPort(port)
    let relay = try Relay(to: port, ["--slice", "1", "--gap", "20us"])
    let client = try Child(
      ["openssl", "s_client", "-connect", "127.0.0.1:\(relay.port)", "-quiet", "-ign_eof"],
      input: .bytes(Array("GET / HTTP/1.0\r\n\r\n".utf8))
    ).wait()
    #expect(client.text.contains("HTTP/1.0 200 ok"), "\(client.errorText)")
    _ = try relay.end()
    withExtendedLifetime(server) {}
  }

  @Test("redis-cli talks to redis-server one byte at a time")
  func redis() throws {
    let folder = try Scratch()
    let port = try Peer.freePort()
    let server = try Child(
      ["redis-server", "--port", "\(port)", "--bind", "127.0.0.1", "--save", "", "--dir", folder.path])
    try Self.waitForPort(port)
    let relay = try Relay(to: port, ["--slice", "1"])
    func ask(_ words: String...) throws -> String {
      try Child(["redis-cli", "-p", "\(relay.port)"] + words).wait().text.trimmingCharacters(in: .newlines)
    }
    #expect(try ask("set", "key", "a value of some length") == "OK")
    #expect(try ask("get", "key") == "a value of some length")
    #expect(try ask("lrange", "nothing", "0", "-1") == "")
    _ = try relay.end()
    withExtendedLifetime(server) {}
  }

  @Test("a server that takes one recv for one message breaks when the message is cut, and the rows show why")
  func naive() throws {
    let (server, port) = try Peer.pythonServer(
      """
      import json
      for _ in range(2):
        connection, _ = server.accept()
        try:
          connection.sendall(b"good " + json.loads(connection.recv(1024))["word"].encode())
        except ValueError:
          connection.sendall(b"broken")
        connection.close()
      """)
    let client = """
      connection = socket.create_connection(("127.0.0.1", port))
      connection.sendall(b'{"word": "hello"}')
      print(connection.recv(100).decode())
      """
    let whole = try Relay(to: port)
    #expect(try Peer.python(client, port: whole.port).wait().text == "good hello\n")
    _ = try whole.end()
    let cut = try Relay(to: port, ["--up", "--slice", "1..7", "--seed", "1", "--gap", "20ms"])
    #expect(try Peer.python(client, port: cut.port).wait().text == "broken\n")
    let events = try cut.end().events
    let first = try #require(events.of("send", "relay.1.target").first)
    let chunk = try #require(events.of("recv", "relay.1.client").first)
    #expect(chunk.returned == 17 && (first.returned ?? 0) < 8 && first.from == .records([chunk.seq]))
    #expect(events.of("listen").first?.seed == 1)
    withExtendedLifetime(server) {}
  }

  @Test("with --proof each send says whether all before it had been received, and without it nothing")
  func proof() throws {
    let lab = "\(Program.tree)/labs/relay-proof.lab"
    let outcome = try Program.run(["run", lab, "--json"])
    #expect(outcome.exitCode == 0, "\(outcome.errorText)")
    let sends = try outcome.events.of("send", "r.1.target")
    #expect(sends.map(\.proven) == Array(repeating: true, count: 4) + Array(repeating: nil, count: 4))
    let filtered = try Program.run(["run", lab, "--json", "--where", "proven=true and returned=3"])
    #expect(try filtered.events.of("send").count == 4)
  }

  @Test(
    "when it ends every byte that was received is accounted for: passed on, or named as not",
    arguments: ["Ctrl-C", "--for"])
  func accounts(end: String) throws {
    let (server, port) = try Peer.pythonServer(
      """
      connection, _ = server.accept()
      time.sleep(60)
      """)
    // The server reads nothing: its window fills, then the relay.
    let relay = try Relay(to: port, end == "--for" ? ["--for", "2s"] : [])
    let client = try Peer.python(
      """
      connection = socket.create_connection(("127.0.0.1", port))
      connection.setblocking(False)
      end = time.monotonic() + 60
      while time.monotonic() < end:
        try: connection.send(bytes(65536))
        except BlockingIOError: time.sleep(0.01)
        except OSError: break
      """, port: relay.port)
    _ = try relay.child.event { $0.event == "mark" && $0.text?.hasPrefix("no longer read: ") == true }
    let outcome = end == "--for" ? try relay.child.wait() : try relay.end()
    let events = try outcome.events
    func sum(_ event: String, _ socket: String) -> Int {
      events.of(event, socket).reduce(0) { $0 + ($1.returned ?? 0) }
    }
    let close = try #require(events.of("close", "relay.1.client").first)
    let undelivered = try #require(close.undelivered)
    #expect(undelivered > 0)
    #expect(sum("recv", "relay.1.client") == sum("send", "relay.1.target") + undelivered)
    // Nobody shall take what came for the whole.
    #expect(events.of("close", "relay.1.target").first?.how == "reset")
    withExtendedLifetime((server, client)) {}
  }

  @Test("without descriptors accept pauses, says so, and goes on")
  func noDescriptors() throws {
    let (server, port) = try Peer.pythonServer(
      """
      import threading
      def echo(connection):
        while data := connection.recv(100): connection.sendall(data)
        connection.close()
      while True: threading.Thread(target=echo, args=(server.accept()[0],), daemon=True).start()
      """)
    let relay = try Relay(
      to: port, ["--mode", "poll"],
      arguments: ["bash", "-c", "ulimit -n 40; exec \"$0\" \"$@\"", Program.path])
    let client = try Peer.python(
      """
      sockets = [socket.create_connection(("127.0.0.1", port)) for _ in range(30)]
      for s in sockets[:5]:
        s.sendall(b"x"); assert s.recv(1) == b"x"
      print("some are served")
      input()
      for s in sockets:
        s.sendall(b"y"); assert s.recv(1) == b"y"
        s.close()
      print("all are served")
      """, port: relay.port, input: .pipe)
    #expect(try client.line() == "some are served")
    _ = try relay.child.event { $0.event == "mark" && $0.text?.contains("accept pauses") == true }
    client.send("\n")
    #expect(try client.line() == "all are served")
    _ = try relay.end()
    withExtendedLifetime(server) {}
  }

  @Test(
    "what cannot be is told at once",
    arguments: [
      (["relay", "0", "127.0.0.1:9", "--slice", "0"], "a size from 1, such as 3, or two such as 1..7"),
      (["relay", "0", "127.0.0.1:9", "--slice", "7..1"], "the smaller size first: 1..7"),
      (["relay", "9000"], "expected the address to listen on and the target's"),
      (["relay", "0", "127.0.0.1:9", "--mode", "blocking"], "a relay waits for two sides at once"),
      (["relay", "0", "127.0.0.1:9", "--udp", "--slice", "3"], "a datagram is passed on whole"),
      (["relay", "0", "127.0.0.1:9", "--udp", "--proof"], "a datagram is not cut"),
      (["relay", "0", "no-such-host.invalid:80"], "getaddrinfo no-such-host.invalid: "),
      (["relay", Program.path, "127.0.0.1:9"], "no socket"),
    ])
  func mistakes(arguments: [String], message: String) throws {
    let outcome = try Program.run(arguments)
    #expect([2, 3].contains(outcome.exitCode))
    #expect(outcome.errorText.contains(message), "\(outcome.errorText)")
  }

  // MARK: Others

  static func nginx(_ folder: Scratch, _ block: String) throws -> Child {
    let module = "/usr/lib/nginx/modules/ngx_stream_module.so"
    let load = FileManager.default.fileExists(atPath: module) ? "load_module \(module);" : ""
    let file = try folder.file(
      "nginx.conf",
      """
      \(load)
      daemon off; master_process off; pid \(folder.path)/nginx.pid; error_log stderr crit;
      events { worker_connections 64; }
      \(block)
      """)
    return try Child(["/usr/sbin/nginx", "-p", folder.path, "-c", file])
  }

  /// Waits until somebody listens there.
  static func waitForPort(_ port: Int) throws {
    let outcome = try Peer.python(
      """
      end = time.monotonic() + 20
      while True:
        try:
          socket.create_connection(("127.0.0.1", port)).close()
          break
        except OSError:
          if time.monotonic() > end: sys.exit("nobody listens at %d" % port)
          time.sleep(0.01)
      """, port: port
    ).wait()
    try #require(outcome.exitCode == 0, "\(outcome.errorText)")
  }
}
