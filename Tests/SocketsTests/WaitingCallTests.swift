import Staging
import Testing
import Traffic

@testable import Sockets

extension SocketsTests {
  @Suite struct WaitingCallTests {
    /// What waits, once that is as it should be.
    private static func waiting(_ stage: Stage, until condition: ([WaitingCall]) -> Bool) -> [WaitingCall] {
      var calls: [WaitingCall] = []
      eventually("waiting: \(calls)") {
        calls = stage.manager.waiting(atLeast: 1_000_000)
        return condition(calls)
      }
      return calls
    }

    @Test(
      "a send that waits tells how much was taken, and that the peer's window is full",
      arguments: [("client", "server.1"), ("server.1", "client")])
    func blocked(sender: String, receiver: String) throws {
      let stage = Stage()
      try stage.play(
        """
        listen 0 --as server --mode manual --rcvbuf 4k --sndbuf 4k
        connect server --as client --mode manual --rcvbuf 4k --sndbuf 4k
        poll server.1
        send \(sender) "hello" zeros(256k)
        """)
      let socket = try stage.id(sender)
      // The window is closed, and the queues are as full as they get.
      let found = Self.waiting(stage) { calls in
        guard let call = calls.first, calls.count == 1, call.number == 2, call.obstacle == .window,
          let queued = try? stage.manager.kernelState(of: stage.id(receiver))?.receiveQueue,
          let unacknowledged = stage.manager.kernelState(of: socket)?.sendQueue
        else { return false }
        // All that was written is in one of the two queues.
        return call.taken == queued + unacknowledged - 5
      }
      let call = try #require(found.first)
      #expect((call.kind, call.socket, call.asked) == (.send, socket, 262_144))
      #expect(call.waited ?? 0 >= 1_000_000)
      try stage.play("set \(receiver) --mode blocking --recv 64k\nwait \(sender) sent")
      #expect(Self.waiting(stage) { $0.map(\.kind) == [.recv] }.count == 1)
      let record = try #require(try stage.records(sender, .send).last)
      #expect(record.start == call.start)
    }

    @Test("a recv that waits is that of its record")
    func receives() throws {
      let stage = Stage()
      try stage.play("listen 0 --as server --recv 7\nconnect server --as client --mode manual\npoll server.1")
      let call = try #require(Self.waiting(stage, until: { $0.count == 1 }).first)
      #expect(
        call == WaitingCall(.recv, 1, on: try stage.id("server.1"), since: call.start, asked: 7))
      try stage.play("send client \"x\"\nwait server.1 recv 1")
      #expect(try stage.records("server.1", .recv).first?.start == call.start)
      #expect(Self.waiting(stage) { !$0.isEmpty }.map(\.number) == [2])
      try stage.play("pause server.1")
      #expect(stage.manager.waiting(atLeast: 0).isEmpty)
    }

    @Test("of a Unix stream a full buffer is all that is known")
    func unix() throws {
      let stage = Stage()
      try stage.play(
        """
        listen @recvscope-waiting --as server --mode manual
        connect server --as client --mode manual
        send client zeros(4M)
        """)
      let call = try #require(Self.waiting(stage, until: { !$0.isEmpty }).first)
      #expect((call.kind, call.obstacle, call.taken) == (.send, .buffer, nil))
    }
  }
}
