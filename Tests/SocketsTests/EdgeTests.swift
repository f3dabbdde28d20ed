import Staging
import SystemPackage
import Testing
import Traffic

@testable import Sockets

extension SocketsTests {
  @Suite struct EdgeTests {
    /// A connection that epoll watches by edges, with 50 bytes of which recv(10) was called once.
    private static func leavesBytes() throws -> Stage {
      let stage = Stage()
      try stage.play(
        """
        listen 0 --as server --mode epoll --edge --recv 10
        connect server --as client
        send client "a"*50
        wait server.1 recv 1
        """)
      return stage
    }

    @Test("an edge gets one recv, and what that leaves lying waits for the next edge")
    func oneCall() throws {
      let stage = try Self.leavesBytes()
      // Another connection of the same loop is served, so the loop has been waiting again.
      try stage.play("connect server --as other\nsend other \"x\"\nwait server.2 recv 1")
      #expect(try stage.records("server.1", .recv).compactMap(\.returned) == [10])
      #expect(try stage.records("server.1", .recv).first?.queued == 40)
      try stage.play("send client \"b\"\nwait server.1 recv 2\nexpect server.1 recv 10 10")
      let connection = try stage.id("server.1")
      let edges = try stage.records("server", .wait).compactMap { stage.journal.body(WaitSets.self, of: $0) }
        .filter { $0.edges.contains(connection) }
      #expect(edges.count == 2)
      #expect(try stage.records("server.1", .recv).allSatisfy { $0.conditions.contains(.edge) })
    }

    @Test("a listener is asked for as long as somebody waits in its backlog")
    func listener() throws {
      let stage = Stage()
      try stage.play("listen 0 --as server --mode epoll --edge\npause server")
      for number in 1...5 { try stage.play("connect server --as client\(number)") }
      try stage.play("resume server")
      try stage.wait("all are accepted") { stage.journal.socket(named: "server.5") != nil }
    }

    @Test(
      "what lies there is told anew when the socket is added anew",
      arguments: [
        ("pause server.1\nresume server.1", [10, 10]), ("set server.1 --recv 100", [10, 40]),
        ("set server.1 --edge off", [10, 10, 10, 10, 10]),
        ("set server.1 --mode blocking", [10, 10, 10, 10, 10]),
        ("set server.1 --mode poll\nset server.1 --mode epoll", [10, 10, 10, 10, 10]),
      ])
    func addedAnew(command: String, results: [Int]) throws {
      let stage = try Self.leavesBytes()
      try stage.play("\(command)\nwait server.1 recv \(results.count)")
      #expect(try stage.records("server.1", .recv).compactMap(\.returned) == results)
    }

    @Test("a socket that is watched by edges is closed with what lies there")
    func closes() throws {
      let stage = try Self.leavesBytes()
      try stage.play("close server.1")
      // The client sees the end before the record of the close is written.
      try stage.wait("its close is recorded") {
        (try? stage.records("server.1", .close).isEmpty) == false
      }
      #expect(try stage.records("server.1", .close).first?.queued == 40)
    }

    @Test("no edge is lost when the loop is told something between two calls")
    func noneIsLost() throws {
      let stage = Stage()
      try stage.play(
        """
        listen 0 --as server --mode epoll --edge --pace 50ms
        connect server --as a
        wait server.1 sent
        connect server --as b
        wait server.2 sent
        connect server --as c
        wait server.3 sent
        send a "x"
        wait server.1 bytes 1
        send b "y"
        send c "z"
        wait b sent
        wait c sent
        """)
      // Each ring ends the pause after a call; b and c are told by one wait, and c's turn comes after b's.
      for name in ["server.2", "server.3"] {
        let id = try stage.id(name)
        var rings = 0
        while stage.journal.socket(id)?.totals.receivedBytes == 0 {
          try stage.play("pause server.1\nresume server.1\nwait 1ms")
          rings += 1
          try #require(rings < 2000, "\(name) is never read")
        }
      }
    }

    @Test(
      "a mode without edges refuses them", arguments: ["blocking", "select", "poll", "nonblocking", "manual"])
    func refused(mode: String) throws {
      let stage = Stage()
      try stage.play("listen 0 --as server --mode \(mode)\nconnect server --as client")
      for name in ["server", "server.1", "client --mode \(mode)"] {
        #expect(
          stage.failure(of: "set \(name) --edge")?.hasSuffix(
            "--edge does not fit --mode \(mode): only epoll knows edges") == true)
      }
      try stage.play("set server.1 --edge --mode epoll\nset server.1 --edge off")
    }
  }
}
