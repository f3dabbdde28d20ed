import Staging
import Sockets
import Testing
import Traffic

@testable import Labs

extension LabsTests {
  @Suite("What is closed is forgotten, and still known by its name")
  struct ForgettingTests {
    private static let pair =
      "listen 0 --as server\nconnect server --as client\nsend client \"abc\"\nwait server.1 bytes 3\n"

    @Test(
      "Nothing is left of a connection and of a listener that were closed",
      arguments: ["blocking", "epoll", "manual"])
    func objects(mode: String) throws {
      let stage = Stage()
      try stage.play(
        "listen 0 --as server --mode \(mode)\nconnect server --as client --mode \(mode)\nwait server.1 sent\nwait client sent"
      )
      weak var accepted: Connection?
      weak var client: Connection?
      weak var listener: Listener?
      accepted = try stage.connection("server.1")
      client = try stage.connection("client")
      if case .open(let found as Listener) = stage.manager.session(named: "server") { listener = found }
      try #require(accepted != nil && client != nil && listener != nil)
      try stage.play("close client\nclose server.1\nclose server\nwait server.1 end")
      try stage.wait("all is closed") { stage.manager.isAllClosed }
      #expect(stage.manager.connections.isEmpty)
      // Their last threads end by themselves, and tell nobody.
      eventually("nothing is left") { accepted == nil && client == nil && listener == nil }
    }

    @Test(
      "Commands say the same of a closed name as before",
      arguments: [
        ("send server.1 \"x\"", "server.1 is closed"), ("recv server.1", "server.1 is closed"),
        ("poll server.1", "server.1 is closed"), ("set server.1 --recv 5", "server.1: it is closed"),
        ("resume server.1", "server.1: it is closed"), ("burst server.1 stop", "server.1 plays no burst"),
        ("accept server.1", "server.1 is no listener: only a listener accepts"),
        ("accept server", "server is closed"), ("epoll server", "server is closed"),
        ("set server --recv 5", "server: it is closed"), ("resume server", "server: it is closed"),
        ("recv server", "server is a listener; its connections are server.1, server.2 …"),
        ("wait server.1 bytes 4 within 20ms", "server.1: 'bytes 4' did not come true within 20 ms"),
        ("expect server.1 bytes 4", "server.1: wanted 4 bytes, got 3 bytes"),
        ("connect server.1 --as late\nwait late sent", "connect server.1: no open session has this name"),
        (
          "connect example.com --as late",
          "there is no socket example.com; a host needs a port: example.com:80"
        ),
        ("connect other --as late", "there is no socket other"),
        ("listen 0 --as server", "--as server: this name is taken"),
        ("send server.2 \"x\"", "there is no socket server.2"),
        ("send server.01 \"x\"", "there is no socket server.01"),
        ("pause server.1", nil), ("shutdown server.1 write", nil), ("close server.1 --reset", nil),
        ("close server", nil), ("pause server", nil), ("wait server.1 end", nil), ("wait server.1 sent", nil),
        ("wait server.1 recv 1", nil), ("expect server.1 data \"abc\"", nil), ("expect client send 3", nil),
        ("on server.1 \"a\" send \"b\"", nil),
      ] as [(String, String?)])
    func messages(line: String, message: String?) throws {
      let stage = Stage()
      try stage.play(Self.pair + "close client\nclose server.1\nclose server")
      try stage.wait("all is closed") { stage.manager.isAllClosed }
      #expect(stage.failure(of: line) == message)
    }

    @Test("A name that is closed stays taken, and the usual ones count on")
    func names() throws {
      let stage = Stage()
      try stage.play("listen 0")
      for number in 1...30 {
        let name = number == 1 ? "client" : "client\(number)"
        try stage.play("connect server\nwait \(name) sent\nclose \(name)\nwait \(name) end")
      }
      #expect(stage.failure(of: "connect server --as client7") == "--as client7: this name is taken")
      try stage.play("connect server --as client31\nconnect server\nwait client32 sent")
    }

    @Test("A client of a closed listener is refused by the kernel")
    func lostListener() throws {
      let stage = Stage()
      try stage.play("listen 0 --as server\nclose server\nconnect server --as late")
      #expect(stage.failure(of: "wait late sent")?.contains("ECONNREFUSED") == true)
      #expect(stage.manager.firstFailure?.message.contains("ECONNREFUSED") == true)
    }

    @Test("A connection keeps to the loop of its listener when that is closed")
    func loop() throws {
      let stage = Stage()
      try stage.play(
        """
        listen 0 --as server --mode epoll
        connect server --as client
        wait server.1 sent
        close server
        set server.1 --recv 5
        send client "x"
        wait server.1 bytes 1
        """)
      #expect(try stage.records("server.1", .wait).isEmpty)
    }

    @Test("What the journal has forgotten is closed, and cannot be judged any more")
    func evicted() throws {
      let stage = Stage(memory: 4 << 20)
      try stage.play(Self.pair + "close client\nclose server.1\nwait server.1 sent")
      while ["client", "server.1"].contains(where: { stage.journal.socket(named: $0) != nil }) {
        for _ in 0..<1000 { stage.run.mark(.none, "later") }
      }
      for name in ["client", "server.1"] {
        #expect(stage.failure(of: "send \(name) \"x\"") == "\(name) is closed")
        #expect(stage.failure(of: "wait \(name) end") == nil)
        #expect(
          stage.failure(of: "expect \(name) bytes 3")
            == "\(name): its records were dropped for want of memory (--memory)")
      }
      #expect(stage.failure(of: "connect server --as client") == "--as client: this name is taken")
    }

    @Test("Rules answer on connections that come and go")
    func answers() throws {
      let stage = Stage()
      try stage.play("listen 0 --as server --mode epoll --at-end close\non server \"ab\" send \"c\"")
      for number in 1...50 {
        try stage.play(
          """
          connect server --as k\(number)x
          send k\(number)x "a"
          wait server.\(number) bytes 1
          send k\(number)x "b"
          wait k\(number)x bytes 1
          close k\(number)x
          wait server.\(number) end
          """)
      }
    }
  }
}
