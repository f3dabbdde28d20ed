import CLinux
import Glibc
import Staging
import SystemPackage
import Testing
import Traffic

@testable import Sockets

extension SocketsTests {
  @Suite struct LoadTests {
    @Test(
      "200 connections at once with 50 chunks each lose nothing on one loop",
      arguments: ["epoll", "select", "poll"])
    func many(mode: String) throws {
      let stage = Stage()
      try stage.play("listen 0 --as server --mode \(mode)")
      for number in 1...200 { try stage.play("connect server --as c\(number) --mode manual") }
      for number in 1...200 { try stage.play("send c\(number) (\"0123456789\" 1ms)*50 shutdown") }
      for number in 1...200 { try stage.play("wait server.\(number) end within 60s") }
      for number in 1...200 {
        let totals = try #require(stage.journal.socket(try stage.id("server.\(number)"))).totals
        #expect(totals.receivedBytes == 500)
        #expect(totals.receiveEnd == .endOfStream)
      }
      #expect(try stage.records("server", .accept).compactMap(\.connection).count == 200)
    }

    @Test(
      "opening and closing leaves no descriptor and no thread behind",
      arguments: ["blocking", "select", "poll", "epoll", "nonblocking"])
    func leaks(mode: String) throws {
      let (descriptors, threads) = (Self.entries("/proc/self/fd"), Self.entries("/proc/self/task"))
      for round in 0..<100 {
        let stage = Stage()
        try stage.play(
          """
          listen 0 --as server --mode \(mode)
          connect server --as client --mode \(mode)
          send client "x"
          wait server.1 bytes 1
          """)
        if round.isMultiple(of: 2) {
          try stage.play("close client\nwait server.1 end\nclose server.1\nclose server")
        }
        stage.manager.end()
        #expect(stage.manager.isAllClosed)
      }
      // Each round opened three sockets and more; other tests of this process open some meanwhile.
      let stage = Stage()
      try stage.wait("descriptors and threads are back") {
        // The last threads end by themselves; nobody tells, so look again in a millisecond.
        _ = Bell().wait(until: cl_monotonic() + 1_000_000)
        stage.run.mark(.none, "look again")
        return Self.entries("/proc/self/fd") < descriptors + 50
          && Self.entries("/proc/self/task") < threads + 50
      }
    }

    @Test(
      "with TCP_NODELAY a write, write, read round does not wait for a delayed ACK, and without it the sentences say so"
    )
    func nagle() throws {
      func time(_ option: String, saysNagle: Bool) throws -> Nanoseconds {
        let stage = Stage()
        try stage.play(
          """
          listen 0 --as server
          on server "HB" send "answer\\n"
          connect server --as client \(option)
          on client "answer\\n" send "H" "B"
          send client "H" "B"
          wait client bytes 70
          """)
        let sentences = try stage.records("server.1", .recv).map { Explanation($0, in: stage.journal).text }
        #expect(sentences.contains { $0.contains("probably Nagle's algorithm held them back") } == saysNagle)
        let records = try stage.records("client", .recv)
        return try #require(records.last).end - (try #require(records.first)).end
      }
      let slow = try time("", saysNagle: true)
      #expect(try time("--nodelay", saysNagle: false) < slow)
    }

    private static func entries(_ path: String) -> Int {
      guard let folder = opendir(path) else { return 0 }
      defer { closedir(folder) }
      var count = 0
      while readdir(folder) != nil { count += 1 }
      return count
    }
  }
}
