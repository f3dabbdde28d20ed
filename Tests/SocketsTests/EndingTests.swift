import Staging
import SystemPackage
import Testing
import Traffic

@testable import Sockets

extension SocketsTests {
  @Suite struct EndingTests {
    static let modes = ReceivePolicy.Mode.allCases.filter { $0 != .manual }

    @Test("a peer's close is an end of stream, and its reset an error", arguments: modes)
    func ends(mode: ReceivePolicy.Mode) throws {
      let stage = Stage()
      try stage.play(
        """
        listen 0 --as server --mode \(mode.rawValue)
        connect server --as closes
        wait closes sent
        connect server --as resets
        wait resets sent
        send closes "abc"
        send resets "abc"
        wait server.1 bytes 3
        wait server.2 bytes 3
        close closes
        close resets --reset
        wait server.1 end
        wait server.2 end
        """)
      #expect(try stage.reasons("server.1") == [.drained, .endOfStream])
      #expect(try stage.reasons("server.2") == [.drained, .reset])
    }

    @Test("after a half-close the other way still works", arguments: modes)
    func halfClose(mode: ReceivePolicy.Mode) throws {
      let stage = Stage()
      try stage.play(
        """
        listen 0 --as server --mode \(mode.rawValue)
        connect server --as client --mode \(mode.rawValue)
        shutdown client write
        wait server.1 end
        send server.1 "still here" shutdown
        wait client end
        expect client data "still here"
        """)
      #expect(try stage.reasons("client") == [.drained, .endOfStream])
    }

    @Test("a lost listener keeps its connections")
    func lostListener() throws {
      let stage = Stage()
      try stage.play(
        """
        listen 0 --as server
        connect server --as client
        wait client sent
        send client "a"
        wait server.1 bytes 1
        close server
        send client "b"
        wait server.1 bytes 2
        connect server --as late
        """)
      #expect(stage.failure(of: "wait late sent")?.contains("ECONNREFUSED") == true)
      #expect(stage.failure(of: "accept server") == "server is closed")
      #expect(stage.failure(of: "select server") == "server is closed")
      #expect(stage.failure(of: "set server --recv 5") == "server: it is closed")
    }

    @Test("a closed socket makes no call: its descriptor's number may be another's")
    func closed() throws {
      let stage = Stage()
      try stage.play(
        """
        listen 0 --as server --mode manual
        connect server --as client --mode manual
        wait client sent
        """)
      let client = try stage.connection("client")
      try stage.play(
        """
        close client
        wait client sent
        shutdown client write
        close client
        wait client sent
        """)
      let id = try stage.id("client")
      let before = stage.journal.socket(id)?.totals.records
      #expect(stage.failure(of: "recv client") == "client is closed")
      #expect(stage.failure(of: "poll client") == "client is closed")
      #expect(stage.failure(of: "send client \"x\"") == "client is closed")
      #expect(stage.failure(of: "set client --nodelay") == "client: it is closed")
      #expect(stage.failure(of: "resume client") == "client: it is closed")
      #expect(stage.journal.socket(id)?.totals.records == before)
      #expect(try stage.records("client", .close).count == 1)
      #expect(try stage.records("client", .shutdown).isEmpty)
      guard case .success(false) = client.receiveOnce(size: 1, flags: nil, done: {})
      else {
        Issue.record("recv was called on a closed socket")
        return
      }
    }

    @Test("a datagram socket that was shut down for reading is not asked any more", arguments: modes)
    func datagramShutdown(mode: ReceivePolicy.Mode) throws {
      let stage = Stage()
      try stage.play(
        """
        listen 0 --as server --udp
        connect server --as client --mode \(mode.rawValue)
        shutdown client read
        wait client sent
        """)
      let id = try stage.id("client")
      let calls = stage.journal.socket(id)?.totals.receives
      // It takes a while in which a loop would have called thousands of times.
      try stage.play("send client (\"x\" 1ms)*50\nwait server bytes 50\npause client\nresume client")
      #expect(stage.journal.socket(id)?.totals.receives == calls)
    }

    @Test("sends to a peer that reads nothing fill the buffers; ending comes back all the same")
    func fills() throws {
      let stage = Stage()
      try stage.play(
        """
        listen 0 --as server --paused --rcvbuf 4k --accept manual
        connect server --as client --sndbuf 4k
        send client zeros(1M)
        """)
      // Until the sender is stuck it is writable.
      var isFull = false
      for _ in 0..<2_000 where !isFull {
        try stage.play("poll client within 1ms")
        let last = try #require(stage.records("client", .wait).last)
        isFull = last.result == 0
      }
      #expect(isFull)
      #expect(stage.failure(of: "wait client sent within 20ms")?.contains("did not come true") == true)
      stage.manager.end()
      #expect(stage.manager.isAllClosed)
      let sends = try stage.records("client", .send)
      let sent = sends.compactMap(\.returned).reduce(0, +)
      #expect(sent < 1 << 20, "\(sends)")
      // A send that a signal ends is short if some bytes were taken, and EINTR if none was.
      #expect(sends.contains { $0.returned.map { $0 < 1 << 20 } ?? ($0.errno == .interrupted) }, "\(sends)")
    }

    @Test("a send after the peer's RST is EPIPE, once the receiver has taken the error")
    func brokenPipe() throws {
      let stage = Stage()
      try stage.play(
        """
        listen 0 --as server
        connect server --as client
        send client "x"
        wait server.1 bytes 1
        close client --reset
        wait server.1 end
        send server.1 "lost" "never"
        wait server.1 sent
        expect server.1 recv 1 ECONNRESET
        expect server.1 send EPIPE
        """)
    }
  }
}
