import Foundation
import Testing

/// What the programs say themselves is what the framings have to say, however the relay between them cuts.
@Suite("Framings of what real programs say to each other")
struct FramedProgramsTests {
  @Test(
    "HTTP: curl and nginx, one connection: a length, HEAD, chunks, 304, a body that is sent, 404",
    arguments: FramedRelay.cuts)
  func http(cut: String) throws {
    let folder = try Scratch()
    let file = try folder.file("page.txt", (0..<400).map { "line \($0)\n" }.joined())
    let port = try Peer.freePort()
    let nginx = try RelayTests.nginx(
      folder,
      """
      http {
        log_format said '$request_method $status $bytes_sent';
        if_modified_since before;
        server {
          listen 127.0.0.1:\(port); root \(folder.path); access_log /dev/stdout said;
          location /zip/ { alias \(folder.path)/; gzip on; gzip_types *; gzip_min_length 1; }
          location /post { return 200 "thank you"; }
        }
      }
      """)
    try RelayTests.waitForPort(port)
    let relay = try FramedRelay(to: port, "http", cut: cut)
    let base = "http://127.0.0.1:\(relay.port)"
    let requests = [
      ["\(base)/page.txt"], ["--head", "\(base)/page.txt"],
      ["--header", "Accept-Encoding: gzip", "\(base)/zip/page.txt"],
      ["--header", "If-Modified-Since: Tue, 01 Jan 2030 00:00:00 GMT", "\(base)/page.txt"],
      ["--header", "Expect:", "--data-binary", "@\(file)", "\(base)/post"], ["\(base)/nothing"],
    ]
    let format = "%{http_code} %{size_request} %{size_header} %{size_download} %{num_connects}\\n"
    let each = [
      "--silent", "--show-error", "--max-time", "20", "--output", "/dev/null", "--write-out", format,
    ]
    let words = requests.map { each + $0 }.joined(separator: ["--next"])
    let curl = try Child(["curl"] + words).wait()
    #expect(curl.exitCode == 0, "\(curl.errorText)")
    let said = curl.lines.map { $0.split(separator: " ") }
    #expect(said.map { $0[0] } == ["200", "200", "200", "304", "200", "404"])
    #expect(said.map { $0[4] } == ["1", "0", "0", "0", "0", "0"], "one connection")
    let (up, down) = try relay.messages()
    #expect(up.allSatisfy { $0.kind == "request" } && down.allSatisfy { $0.kind == "response" })
    #expect(up.map { "\($0.length)" } == said.map { String($0[1]) })
    #expect(down.map { "\($0.payload[0] - $0.offset)" } == said.map { String($0[2]) })
    // Of chunks, here one and the empty one at the end, curl counts what is in them.
    var bodies = said.compactMap { Int($0[3]) }
    bodies[2] += String(bodies[2], radix: 16).count + "\r\n\r\n0\r\n\r\n".utf8.count
    #expect(down.map { $0.payload[1] } == bodies)
    nginx.signal(SIGTERM)
    let log = try nginx.wait().lines
    #expect(log.map { $0.split(separator: " ")[0] } == ["GET", "HEAD", "GET", "GET", "POST", "GET"])
    #expect(down.map { "\($0.length)" } == log.map { String($0.split(separator: " ")[2]) })
  }

  @Test("TLS: the records that s_client says it has sent and received", arguments: FramedRelay.cuts)
  func tls(cut: String) throws {
    let folder = try Scratch()
    let (key, certificate) = ("\(folder.path)/key.pem", "\(folder.path)/certificate.pem")
    let made = try Child(
      [
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
        "-keyout", key,
        "-out", certificate, "-days", "1", "-subj", "/CN=localhost",
      ]
    ).wait()
    #expect(made.exitCode == 0, "\(made.errorText)")
    let port = try Peer.freePort()
    let server = try Child([
      "openssl", "s_server", "-accept", "127.0.0.1:\(port)", "-key", key, "-cert", certificate, "-www",
      "-quiet",
    ])
    try RelayTests.waitForPort(port)
    let relay = try FramedRelay(to: port, "tls", cut: cut)
    let client = try Child(
      ["openssl", "s_client", "-connect", "127.0.0.1:\(relay.port)", "-msg", "-ign_eof"],
      input: .bytes(Array("GET / HTTP/1.0\r\n\r\n".utf8))
    ).wait()
    #expect(client.text.contains("HTTP/1.0 200 ok"), "\(client.errorText)")
    let (up, down) = try relay.messages()
    let kinds = [20: "change-cipher-spec", 21: "alert", 22: "handshake", 23: "application-data"]
    // `>>> TLS 1.2, RecordHeader [length 0005]`, and in the next line the header's bytes.
    var said: (up: [String], down: [String]) = ([], [])
    for (line, next) in zip(client.lines, client.lines.dropFirst()) where line.contains("RecordHeader") {
      let bytes = next.split(separator: " ").compactMap { Int($0, radix: 16) }
      let record = "\(kinds[bytes[0]] ?? "") \(bytes[3] << 8 | bytes[4])"
      if line.hasPrefix(">>>") { said.up.append(record) } else { said.down.append(record) }
    }
    #expect(said.up.count > 3 && said.down.count > 5)
    #expect(up.map { "\($0.kind ?? "") \($0.payload[1])" } == said.up)
    #expect(down.map { "\($0.kind ?? "") \($0.payload[1])" } == said.down)
    withExtendedLifetime(server) {}
  }

  @Test("WebSocket: the frames that Python's websockets says it has sent", arguments: FramedRelay.cuts)
  func webSocket(cut: String) throws {
    let port = try Peer.freePort()
    // Byte by byte a length of eight bytes would take too long.
    let longest = cut == FramedRelay.cuts[1] ? 300 : 70_000
    let python = try Child(
      [
        try PythonPackages.python.get(), "-c",
        """
        import asyncio, logging, sys
        from websockets.asyncio.client import connect
        from websockets.asyncio.server import serve
        logging.basicConfig(stream=sys.stdout, level=logging.DEBUG, format="%(name)s %(message)s")
        async def echo(connection):
          async for message in connection: await connection.send(message)
        async def main():
          async with serve(echo, "127.0.0.1", \(port), compression=None):
            relay = await asyncio.to_thread(sys.stdin.readline)
            async with connect(f"ws://127.0.0.1:{relay.strip()}/chat", compression=None) as connection:
              for message in ["hello", "\u{e9}\u{20ac}" * 50, bytes(\(longest)), ""]:
                await connection.send(message)
                assert await connection.recv() == message
              await connection.send(["one", "two", "three"])
              assert await connection.recv() == "onetwothree"
              await (await connection.ping(b"?"))
        asyncio.run(main())
        """,
      ], input: .pipe)
    _ = try python.line { $0.contains("server listening") }
    let relay = try FramedRelay(to: port, "http", cut: cut)
    python.send("\(relay.port)\n")
    let outcome = try python.wait()
    #expect(outcome.exitCode == 0, "\(outcome.errorText)")
    let (up, down) = try relay.messages()
    let opcodes = [
      "TEXT": "text", "BINARY": "binary", "CONT": "continuation", "PING": "ping", "PONG": "pong",
      "CLOSE": "close",
    ]
    // `websockets.client > TEXT 'one' [3 bytes, continued]`
    func said(_ side: String) -> [String] {
      outcome.lines.compactMap { line in
        guard
          let match = line.firstMatch(
            of: /^websockets\.(\w+) > ([A-Z]+) .*\[(?:text, )?(\d+) bytes?(, continued)?\]$/),
          match.1 == side, let kind = opcodes[String(match.2)]
        else { return nil }
        return "\(kind) \(match.3)\(match.4 == nil ? "" : " fragment")"
      }
    }
    func told(_ messages: [MessageLine]) -> [String] {
      messages.dropFirst().map { "\($0.kind ?? "") \($0.payload[1])\($0.notes.map { " \($0)" }.joined())" }
    }
    #expect(up.first?.kind == "request" && down.first?.kind == "response")
    #expect(said("client").count == 10 && told(up) == said("client"))
    #expect(said("server").count == 7 && told(down) == said("server"))
  }

  @Test(
    "RESP: a pipeline of redis-cli, with as many replies and errors as it says", arguments: FramedRelay.cuts)
  func resp(cut: String) throws {
    let folder = try Scratch()
    let port = try Peer.freePort()
    let server = try Child(
      ["redis-server", "--port", "\(port)", "--bind", "127.0.0.1", "--save", "", "--dir", folder.path])
    try RelayTests.waitForPort(port)
    let relay = try FramedRelay(to: port, "resp", cut: cut)
    let commands = (0..<90).map { number in
      let value = String(repeating: "v\r\n", count: number)
      return [["NOSUCH"], ["SET", "key\(number)", value], ["LPUSH", "list", value]][number % 3]
    }
    let pipeline = commands.map { words in
      "*\(words.count)\r\n" + words.map { "$\($0.utf8.count)\r\n\($0)\r\n" }.joined()
    }.joined()
    let cli = try Child(["redis-cli", "-p", "\(relay.port)", "--pipe"], input: .bytes(Array(pipeline.utf8)))
      .wait()
    #expect(cli.text.contains("errors: 30, replies: 90"), "\(cli.text)\(cli.errorText)")
    let (up, down) = try relay.messages(leftOut: 2)
    // At last, behind an empty line, redis-cli asks for an echo, to see that all was answered.
    #expect(up.count == 91 && up.allSatisfy { $0.kind == "array" })
    #expect(up.dropLast().reduce(0) { $0 + $1.length } == pipeline.utf8.count)
    #expect(down.count == 91 && down.last?.kind == "bulk-string")
    #expect(
      down.dropLast().map(\.kind) == (0..<90).map { ["error", "simple-string", "integer"][$0 % 3] })
    withExtendedLifetime(server) {}
  }

  @Test("Modbus/TCP: the packets that pymodbus says its two sides have sent", arguments: FramedRelay.cuts)
  func modbus(cut: String) throws {
    let port = try Peer.freePort()
    let python = try Child(
      [
        try PythonPackages.python.get(), "-c",
        """
        import asyncio, sys
        from pymodbus.client import AsyncModbusTcpClient
        from pymodbus.server import ModbusTcpServer
        from pymodbus.simulator import DataType, SimData, SimDevice
        def told(side):
          def tell(sending, data):
            if sending: print(side, data.hex(), flush=True)
            return data
          return tell
        async def main():
          device = SimDevice(1, simdata=[SimData(0, count=200, values=7, datatype=DataType.REGISTERS)])
          server = ModbusTcpServer(device, address=("127.0.0.1", \(port)), trace_packet=told("server"))
          await server.serve_forever(background=True)
          print("ready", flush=True)
          relay = int(await asyncio.to_thread(sys.stdin.readline))
          client = AsyncModbusTcpClient("127.0.0.1", port=relay, trace_packet=told("client"))
          assert await client.connect()
          for count in [1, 5, 125]:
            assert len((await client.read_holding_registers(0, count=count, device_id=1)).registers) == count
          await client.write_register(3, 0x1234, device_id=1)
          assert (await client.read_holding_registers(3, count=1, device_id=1)).registers == [0x1234]
          assert (await client.read_holding_registers(60000, count=1, device_id=1)).isError()
          client.close()
          await server.shutdown()
        asyncio.run(main())
        """,
      ], input: .pipe)
    _ = try python.line { $0 == "ready" }
    let relay = try FramedRelay(to: port, "modbus", cut: cut, data: "hex")
    python.send("\(relay.port)\n")
    let outcome = try python.wait()
    #expect(outcome.exitCode == 0, "\(outcome.errorText)")
    let (up, down) = try relay.messages()
    for (side, messages) in [("client", up), ("server", down)] {
      let said = outcome.lines.filter { $0.hasPrefix(side) }.map { $0.dropFirst(side.count + 1) }
      #expect(said.count == 6)
      #expect(messages.map(\.data) == said.map { String($0.dropFirst(12)) })
      #expect(messages.map(\.length) == said.map { $0.count / 2 })
    }
    #expect(down.last?.kind == "exception" && up[3].kind == "write-single-register")
  }
}
