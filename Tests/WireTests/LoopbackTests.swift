import Testing
import Traffic

extension WireTests {
  @Suite("Segments on loopback", .enabled(if: WireTests.hasRight, "needs CAP_NET_RAW"))
  struct LoopbackTests {
    @Test("The three-way handshake and the FINs of both ends are theirs", arguments: ["127.0.0.1", "[::1]"])
    func handshake(host: String) throws {
      let run = try CapturedRun(
        """
        listen \(host):0 --as server
        connect server --as client
        send client "12345"
        wait server.1 bytes 5
        shutdown client write
        wait server.1 end
        close server.1
        wait client end
        close client
        """)
      let client = try run.flags("client").filter { $0 != "→ ACK" && $0 != "← ACK" }
      #expect(client.prefix(3) == ["→ SYN", "← SYN ACK", "→ PSH ACK"], "\(client)")
      #expect(client.suffix(2) == ["→ FIN ACK", "← FIN ACK"], "\(client)")
      let server = try run.flags("server.1").filter { $0 != "→ ACK" && $0 != "← ACK" }
      #expect(server.prefix(3) == ["← SYN", "→ SYN ACK", "← PSH ACK"], "\(server)")
      #expect(server.suffix(2) == ["← FIN ACK", "→ FIN ACK"], "\(server)")
      let data = try #require(try run.segments("server.1", .received).first { $0.length > 0 })
      #expect(data.sequence == 1 && data.acknowledgement == 1 && data.offset == 0 && data.length == 5)
      #expect((data.window ?? 0) > 1000)
      let record = try #require(try run.records("client").first { $0.kind == .segment })
      #expect(record.address.map(run.journal.text) == "lo")
    }

    @Test(
      "Each chunk of 200 random sends is covered by segments that came before it",
      arguments: ["127.0.0.1", "[::1]"])
    func covered(host: String) throws {
      let sizes = (0..<200).map { _ in Int.random(in: 1...Int.random(in: 1...100_000)) }
      let total = sizes.reduce(0, +)
      let sends = sizes.map { "send client zeros(\($0))" }.joined(separator: "\n")
      let run = try CapturedRun(
        """
        listen \(host):0 --as server --recv \(Int.random(in: 100...70_000))
        connect server --as client
        \(sends)
        wait server.1 bytes \(total) within 60s
        """)
      let captured = try run.records("server.1").filter { $0.wireWay == .received }
      #expect(try run.segments("client", .sent) == captured.compactMap(\.segment))
      let segments = captured.compactMap { record -> (range: Range<Int64>, time: Nanoseconds)? in
        guard let segment = record.segment, let offset = segment.offset else { return nil }
        return (offset..<offset + Int64(segment.length), record.end)
      }.sorted { $0.range.lowerBound < $1.range.lowerBound }
      #expect(segments.allSatisfy { $0.range.count <= 65_483 })
      let chunks = try run.records("server.1").filter { $0.kind == .recv && $0.result > 0 }
      #expect(chunks.reduce(0) { $0 + Int($1.result) } == total)
      var first = 0
      for chunk in chunks {
        var place = chunk.offset
        let end = place + Int64(chunk.result)
        while first < segments.count, segments[first].range.upperBound <= place { first += 1 }
        for segment in segments[first...] where segment.range.lowerBound <= place && place < end {
          #expect(segment.time <= chunk.end, "chunk \(chunk.number)")
          place = max(place, segment.range.upperBound)
        }
        #expect(place >= end, "chunk \(chunk.number) lacks what lies behind \(place)")
      }
    }

    @Test("TCP_INFO counts as many segments with bytes as were captured")
    func counted() throws {
      let sends = (1...50).map { "send client zeros(\($0 * 100))\nwait server.1 bytes \($0 * ($0 + 1) * 50)" }
      let run = try CapturedRun(
        """
        listen 127.0.0.1:0 --as server
        connect server --as client --nodelay
        \(sends.joined(separator: "\n"))
        """)
      let captured = try run.segments("server.1", .received).filter { $0.length > 0 }
      #expect(captured.count == 50)
      let counts = try run.records("server.1").filter { $0.kind == .recv }.map(\.segments)
      #expect(counts.reduce(0) { $0 + ($1 ?? 0) } == captured.count, "\(counts)")
    }

    @Test("A datagram's calls name it, where it passed and when")
    func datagramsOfCalls() throws {
      let run = try CapturedRun(
        """
        listen 127.0.0.1:0 --udp --as server
        connect server --udp --as client
        send client "one"
        send client zeros(2000)
        wait server recv 2
        """)
      for (name, kind, word) in [("client", Record.Kind.send, "It left"), ("server", .recv, "It came at")] {
        let calls = try run.records(name).filter { $0.kind == kind }
        let texts = calls.map { DatagramOnWire($0, in: run.journal)?.text ?? "" }
        #expect(
          texts.map { $0.prefix { $0 != "." } } == ["1 datagram of 3 B on lo", "1 datagram of 2 000 B on lo"])
        #expect(texts.allSatisfy { $0.contains(word) })
      }
    }

    @Test("Datagrams have their lengths, both ways")
    func datagrams() throws {
      let run = try CapturedRun(
        """
        listen 127.0.0.1:0 --udp --as server
        connect server --udp --as client
        send client "one"
        send client zeros(2000)
        wait server recv 2
        """)
      for (name, way) in [("client", Direction.sent), ("server", .received)] {
        let segments = try run.segments(name, way)
        #expect(segments.map(\.length) == [3, 2000], "\(name)")
        #expect(segments.allSatisfy { $0.isDatagram && $0.sequence == nil && $0.window == nil })
      }
    }

    @Test("Of a connection that is older the numbers are unknown")
    func older() throws {
      let run = try CapturedRun(
        """
        send client "12345"
        wait server.1 bytes 6
        """,
        before: """
          listen 127.0.0.1:0 --as server
          connect server --as client
          send client "1"
          wait server.1 bytes 1
          """)
      let data = try #require(try run.segments("client", .sent).first { $0.length > 0 })
      #expect(data.sequence == nil && data.offset == nil && data.window == nil && data.length == 5)
    }

    @Test("Both connections of a relay's pair have their handshakes and their bytes")
    func relay() throws {
      let run = try CapturedRun(
        """
        listen 127.0.0.1:0 --as server
        relay 127.0.0.1:0 server --as r
        connect r --as client
        send client "12345"
        wait server.1 bytes 5
        """)
      for name in ["r.1.client", "server.1"] {
        #expect(try run.flags(name).prefix(2) == ["← SYN", "→ SYN ACK"], "\(name)")
        #expect(try run.segments(name, .received).contains { $0.offset == 0 && $0.length == 5 })
      }
      for name in ["client", "r.1.target"] {
        #expect(try run.flags(name).prefix(2) == ["→ SYN", "← SYN ACK"], "\(name)")
        #expect(try run.segments(name, .sent).contains { $0.offset == 0 && $0.length == 5 })
      }
    }

    @Test("A SYN that is refused, and the RST, are those of the client")
    func refused() throws {
      let run = try CapturedRun("")
      try run.stage.runner.captureWire().get()
      try run.stage.play("connect 127.0.0.1:1 --as client")
      #expect(run.stage.failure(of: "wait client sent")?.contains("ECONNREFUSED") == true)
      run.stage.runner.endWire()
      #expect(try run.flags("client") == ["→ SYN", "← RST ACK"])
    }

    @Test("Marks say where the wire is captured, and when no longer")
    func marks() throws {
      let run = try CapturedRun("")
      let marks = run.journal.records(in: 0..<Int.max).filter { $0.record.kind == .mark }
      let texts = marks.map { String(decoding: run.journal.payload(of: $0.record) ?? [], as: UTF8.self) }
      #expect(
        texts.count == 2 && texts[0].hasPrefix("wire on: ") && texts[0].contains("lo (MTU 6"), "\(texts)")
      #expect(texts.last == "wire off")
    }

    @Test("A connection that is never accepted is its listener's")
    func unaccepted() throws {
      let run = try CapturedRun(
        """
        listen 127.0.0.1:0 --as server --accept manual
        connect server --as client
        send client "12345"
        wait client sent
        """)
      #expect(try run.flags("server").prefix(3) == ["← SYN", "→ SYN ACK", "← ACK"])
      #expect(try run.segments("server", .received).contains { $0.length == 5 })
    }
  }
}
