import CLinux
import Staging
import SystemPackage
import Testing
import Traffic

@testable import Sockets

extension SocketsTests {
  @Suite struct ModeTests {
    @Test(
      "every mode takes the same bytes, and says the same of each call",
      arguments: ReceivePolicy.Mode.allCases)
    func sameBytes(mode: ReceivePolicy.Mode) throws {
      let stage = Stage()
      try stage.play("listen 0 --as server --recv 10 --mode \(mode.rawValue)\nconnect server --as client")
      // What was sent is asked for before more is sent, so that what is there does not depend on who is faster.
      try stage.play("send client \"12345\"\nwait client sent")
      if mode == .manual { try stage.play("recv server.1") }
      try stage.play("wait server.1 bytes 5\nsend client \"a\"*50\nwait client sent")
      if mode == .manual { for _ in 0..<5 { try stage.play("recv server.1") } }
      try stage.play("wait server.1 bytes 55\nshutdown client write")
      if mode == .manual { try stage.play("recv server.1") }
      try stage.play("wait server.1 end")

      #expect(
        try stage.received("server.1") == Array("12345".utf8) + Array(repeating: UInt8(ascii: "a"), count: 50)
      )
      let reasons = try stage.reasons("server.1")
      #expect(reasons == [.drained, .filled, .filled, .filled, .filled, .exact, .endOfStream])
      let results = try stage.records("server.1", .recv).compactMap(\.returned)
      #expect(results == [5, 10, 10, 10, 10, 10, 0])
    }

    @Test(
      "each waiting mode writes its call down, with what was readable",
      arguments: [
        (ReceivePolicy.Mode.select, WaitCallName.select), (.poll, .poll), (.epoll, .epollWait),
      ])
    func waits(mode: ReceivePolicy.Mode, call: WaitCallName) throws {
      let stage = Stage()
      try stage.play(
        """
        listen 0 --as server --mode \(mode.rawValue)
        connect server --as client
        send client "x" oob "!"
        wait client sent
        wait server.1 recv 2
        close client
        wait server.1 end
        """)
      let waits = try stage.records("server", .wait)
      let sets = waits.map {
        stage.journal.body(WaitSets.self, of: $0) ?? WaitSets()
      }
      let connection = try stage.id("server.1")
      #expect(waits.allSatisfy { $0.waitCall == call })
      #expect(sets.first { !$0.readable.isEmpty }?.readable == [try stage.id("server")])
      #expect(sets.contains { $0.readable == [connection] })
      #expect(sets.contains { $0.exceptional == [connection] })
      #expect(sets.allSatisfy { $0.writable.isEmpty })
      #expect(
        try stage.records("server.1", .recv).contains { $0.flags.contains(.outOfBand) && $0.returned == 1 })
      #expect(try stage.received("server.1") == [UInt8(ascii: "x")])
    }

    @Test("one wait by hand tells all three conditions", arguments: ["select", "poll", "epoll"])
    func byHand(call: String) throws {
      let stage = Stage()
      try stage.play(
        """
        listen 0 --as server --mode manual
        connect server --as client
        \(call) server.1
        expect server.1 ready writable
        send client "x"
        recv server.1 1 peek
        \(call) server.1 within 1s
        expect server.1 ready readable writable
        """)
      #expect(
        stage.failure(of: "expect server.1 ready none") == "server.1: wanted none, got readable writable")
    }

    @Test("a mode can be changed while it runs, and no byte is lost")
    func changes() throws {
      let stage = Stage()
      try stage.play(
        "listen 0 --as server --recv 7\nconnect server --as client\nsend client (count(97))*500 every 100us\nwait server.1 bytes 1"
      )
      for mode in ["epoll", "blocking", "select", "nonblocking", "poll", "manual", "blocking"] {
        let before = stage.journal.summary.receivedBytes
        try stage.play("set server.1 --mode \(mode)")
        if mode != "manual" {
          try stage.wait("more bytes in mode \(mode)") {
            [before + 1, 48_500].contains { stage.journal.summary.receivedBytes >= $0 }
          }
        }
      }
      try stage.play("close client\nwait server.1 end within 30s\nexpect server.1 data (count(97))*500")
    }

    @Test("a paused socket makes no call, and goes on where it was")
    func pauses() throws {
      let stage = Stage()
      try stage.play(
        """
        listen 0 --as server
        connect server --as client
        send client "one"
        wait server.1 bytes 3
        pause server.1
        """)
      let calls = try stage.records("server.1", .recv).count
      try stage.play("send client \"two\"\nwait client sent\nrecv server.1 1 peek")
      #expect(try stage.records("server.1", .recv).count == calls + 1)
      try stage.play("resume server.1\nwait server.1 bytes 6\nexpect server.1 data \"onetwo\"")
    }

    @Test(
      "connections of a paused listener begin paused; a listener that is paused accepts nobody",
      arguments: ["blocking", "epoll"])
    func pausedListener(mode: String) throws {
      let stage = Stage()
      try stage.play(
        """
        listen 0 --as server --paused --mode \(mode)
        connect server --as client
        send client "abc"
        poll server.1
        wait client sent
        """)
      #expect(try stage.records("server.1", .recv).isEmpty)
      try stage.play(
        "resume server.1\nwait server.1 bytes 3\npause server\nconnect server --as late\nwait late sent")
      #expect(try stage.records("server", .accept).count { $0.errno == nil } == 1)
      try stage.play("resume server\nsend late \"x\"\nwait server.2 bytes 1")
    }

    @Test("a timeout holds for the first recv on a new connection")
    func timeout() throws {
      for _ in 0..<50 {
        let stage = Stage()
        try stage.play(
          """
          listen 0 --as server --mode manual --timeout 1ms
          connect server --as client --mode manual --timeout 1ms
          recv server.1
          recv client
          """)
        #expect(try stage.reasons("server.1") == [.timedOut])
        #expect(try stage.reasons("client") == [.timedOut])
      }
    }

    @Test(
      "a pause between two calls ends when the socket is told something",
      arguments: ReceivePolicy.Mode.allCases.filter { $0 != .manual })
    func paceEnds(mode: ReceivePolicy.Mode) throws {
      let pace: Nanoseconds = 10_000_000_000
      let stage = Stage()
      try stage.play(
        """
        listen 0 --as server --recv 1 --pace 10s --paused --mode \(mode.rawValue)
        connect server --as client
        send client "abc"
        wait client sent
        resume server.1
        wait server.1 bytes 1
        """)
      let start = cl_monotonic()
      try stage.play("pause server.1")
      #expect(cl_monotonic() - start < pace)
      try stage.play("resume server.1\nwait server.1 bytes 2\nset server.1 --pace off\nwait server.1 bytes 3")
      #expect(cl_monotonic() - start < pace)
    }

    @Test(
      "a pause between two calls is no shorter when another socket of the loop is told something",
      arguments: ["select", "poll", "epoll"])
    func paceStays(mode: String) throws {
      let stage = Stage()
      try stage.play(
        """
        listen 0 --as server --recv 1 --pace 20ms --mode \(mode)
        connect server --as client
        wait client sent
        connect server --as other
        send client "abcde"
        wait server.1 bytes 1
        """)
      let id = try stage.id("server.1")
      while stage.journal.socket(id)?.totals.receivedBytes ?? 5 < 5 {
        try stage.play("pause server.2\nresume server.2")
      }
      let calls = try stage.records("server.1", .recv)
      for (call, next) in zip(calls, calls.dropFirst()) { #expect(next.start - call.end >= 20_000_000) }
    }

    @Test(
      "a recv that recvscope ends is an EINTR of its own, and says what for",
      arguments: [
        ("pause server.1", Interruption.pause), ("set server.1 --recv 5", .set), ("close server.1", .close),
      ])
    func interrupted(command: String, why: Interruption) throws {
      let stage = Stage()
      try stage.play("listen 0 --as server --mode manual\nconnect server --as client\npoll server.1")
      let connection = try stage.connection("server.1")
      let done = Latch()
      #expect(try connection.receiveOnce(size: 10, flags: [], done: done.raise).get())
      try stage.play(command)
      done.awaitRaised()
      #expect(try stage.reasons("server.1") == [.interrupted])
      let call = try #require(try stage.records("server.1", .recv).first)
      #expect(Interruption(call.conditions) == why)
      #expect(Explanation(call, in: stage.journal).text.contains("recvscope itself ended the wait"))
    }
  }
}
