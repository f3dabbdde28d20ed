import CLinux
import Staging
import Synchronization
import SystemPackage
import Testing
import Traffic

@testable import Sockets

extension SocketsTests {
  @Suite struct CallOwnerTests {
    /// Runs a body on several threads at once and waits for all of them.
    private func together(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) throws {
      let flags = (0..<count).map { _ in Latch() }
      for (number, flag) in flags.enumerated() {
        try #require(
          Worker.start("test") {
            body(number)
            flag.raise()
          })
      }
      for flag in flags { flag.awaitRaised() }
    }

    /// True if two calls of a socket were under way at once.
    private func overlaps(_ records: [Record]) -> Bool {
      let calls = records.sorted { $0.start < $1.start }
      return zip(calls, calls.dropFirst()).contains { $0.end > $1.start }
    }

    @Test("There is one turn at a time, however many threads change it")
    func turns() throws {
      let owner = CallOwner()
      let running = Atomic(0)
      let most = Atomic(0)
      try together(6) { number in
        for round in 0..<50 {
          let start: (inout Turn?) -> Void = { turn in
            turn =
              try? Turn.start("test") { turn in
                most.max(running.add(1, ordering: .relaxed).newValue, ordering: .relaxed)
                while !turn.isToEnd { turn.rest(1_000_000_000) }
                running.subtract(1, ordering: .relaxed)
              } after: {
              }.get()
          }
          if (number + round).isMultiple(of: 3) { owner.stop(to: .set) }
          _ = round.isMultiple(of: 2) ? owner.change(to: .set, start) : owner.changeIfIdle(start)
        }
      }
      owner.end()
      #expect(most.load(ordering: .relaxed) == 1)
      #expect(running.load(ordering: .relaxed) == 0, "when end returns nobody calls")
      #expect(owner.change(to: .set) { _ in true } == nil && owner.changeIfIdle { _ in true } == nil)
    }

    @Test("What a turn does after its end may change who calls next while somebody else does")
    func afterwards() throws {
      for _ in 0..<200 {
        let owner = CallOwner()
        let done = Latch()
        owner.change(to: .set) { turn in
          turn =
            try? Turn.start("test") { _ in
            } after: {
              owner.end()
              done.raise()
            }.get()
        }
        owner.stop(to: .set)
        done.awaitRaised()
      }
    }

    @Test(
      "Two threads never call recv on one socket at once, whatever is said to it",
      arguments: ReceivePolicy.Mode.allCases)
    func oneReceiver(mode: ReceivePolicy.Mode) throws {
      let stage = Stage()
      try stage.play(
        """
        listen 0 --as server --recv 3 --mode \(mode.rawValue)
        connect server --as client --mode manual
        send client (count(9) 50us)*2000 shutdown
        poll server.1
        """)
      let connection = try stage.connection("server.1")
      let modes = ReceivePolicy.Mode.allCases
      try together(4) { number in
        for round in 0..<60 {
          switch (number + round) % 4 {
          case 0: _ = connection.set([.mode(modes[(number * 7 + round) % modes.count])])
          case 1: connection.pause()
          case 2: _ = connection.resume()
          default:
            let done = Latch()
            let made = connection.receiveOnce(size: 5, flags: .dontWait, done: done.raise)
            if case .success(true) = made { done.awaitRaised() }
          }
        }
      }
      #expect(!overlaps(try stage.records("server.1", .recv)))
      try stage.play(
        """
        set server.1 --mode blocking --recv 4k
        resume server.1
        wait server.1 end within 60s
        expect server.1 data (count(9))*2000
        """)
    }

    @Test(
      "A connection that is changed, read by hand and closed at once makes no call after its close",
      arguments: ReceivePolicy.Mode.allCases)
    func closing(mode: ReceivePolicy.Mode) throws {
      for _ in 0..<15 {
        let stage = Stage()
        try stage.play("listen 0 --as s --mode \(mode.rawValue) --at-end close\nconnect s --as c\npoll s.1")
        let connection = try stage.connection("s.1")
        try together(4) { number in
          switch number {
          case 0: connection.close(isReset: false)
          case 1: for mode in ReceivePolicy.Mode.allCases { _ = connection.set([.mode(mode)]) }
          case 2: for _ in 0..<5 { _ = connection.receiveOnce(size: 1, flags: .dontWait, done: {}) }
          default: try? stage.play("send c \"x\" close\nwait c end")
          }
        }
        try stage.play("wait s.1 sent")
        #expect(connection.isClosed)
        let records = try stage.records("s.1", .recv)
        #expect(!overlaps(records))
        #expect(!records.contains { $0.errno == .badFileDescriptor })
        let close = try #require(stage.records("s.1", .close).last)
        #expect(records.allSatisfy { $0.end <= close.start })
      }
    }

    @Test(
      "A listener that is changed and closed at once leaves its descriptor's number alone",
      arguments: ["blocking", "epoll"])
    func listeners(mode: String) throws {
      for _ in 0..<15 {
        let stage = Stage()
        try stage.play("listen 0 --as s --mode \(mode)")
        guard case .open(let listener as Listener) = stage.manager.session(named: "s") else {
          Issue.record("no listener")
          return
        }
        try together(4) { number in
          switch number {
          case 0: listener.close(isReset: false)
          case 1: for mode in ReceivePolicy.Mode.allCases { _ = listener.set([.mode(mode)]) }
          case 2:
            listener.pause()
            _ = listener.resume()
          default: for _ in 0..<5 { _ = listener.acceptByHand(done: {}) }
          }
        }
        // Most likely it has the number of the listener that was closed: nobody else may take its connection.
        let other = try Socket.make(family: 2, kind: .tcp).get()
        try other.listen(backlog: 1).get()
        let client = try Socket.make(family: 2, kind: .tcp).get()
        try client.connect(#require(other.localAddress)).get()
        try #require(PollCall.isReadable(other))
        #expect((try? other.accept().get()) != nil)
        let accepts = try stage.records("s", .accept)
        #expect(!overlaps(accepts) && !accepts.contains { $0.errno == .badFileDescriptor })
        withExtendedLifetime(client) {}
      }
    }
  }
}

extension PollCall {
  /// Waits until a socket is readable: a second at most.
  fileprivate static func isReadable(_ socket: Socket) -> Bool {
    var (call, ready) = (PollCall(), [Ready]())
    _ = call.add(socket.descriptor)
    _ = call.wait(timeout: 1_000_000_000, ready: &ready)
    return ready.contains { $0.isReadable }
  }
}
