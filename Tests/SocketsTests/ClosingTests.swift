import Foundation
import Staging
import SystemPackage
import Testing
import Traffic

@testable import Sockets

@Suite("No call is made on a descriptor that was closed")
struct ClosingTests {
  /// True if a call came too late: its number was nobody's any more.
  private func hasStrayCall(_ stage: Stage) -> Bool {
    let records = stage.journal.records(in: 0..<Int.max).map(\.record)
    return records.contains { $0.errno == .badFileDescriptor }
  }

  @Test("Setting options while a socket is closed is done before, or refused")
  func setting() throws {
    for _ in 0..<20 {
      let stage = Stage()
      try stage.play("listen 0 --as s\nconnect s --as c\nwait 5ms\nclose s.1")
      let message = stage.failure(of: "set s.1 --rcvbuf 8k")
      #expect(message == nil || message?.contains("closed") == true, "\(message ?? "")")
      try stage.play("close c\nwait c sent")
      #expect(!hasStrayCall(stage))
    }
  }

  @Test("Close waits for those who look at the socket")
  func looking() throws {
    let socket = try Socket.make(family: CInt(AF_UNIX), kind: .unix).get()
    let (entered, mayLeave, closed) = (Latch(), Latch(), Latch())
    _ = Worker.start("look") {
      socket.look { _ in
        entered.raise()
        mayLeave.awaitRaised()
      }
    }
    entered.awaitRaised()
    _ = Worker.start("close") {
      socket.close()
      closed.raise()
    }
    eventually("nobody looks any more") { socket.look({ _ in true }) == nil }
    #expect(!closed.isUp)
    #expect(fcntl(socket.descriptor, F_GETFD) >= 0, "the descriptor is still ours")
    mayLeave.raise()
    closed.awaitRaised()
    #expect(socket.look { _ in true } == nil)
  }

  @Test(
    "The second who ends receiving waits for the first",
    arguments: ["poll", "blocking", "epoll", "nonblocking"])
  func stoppingTwice(mode: String) throws {
    let stage = Stage()
    try stage.play(
      """
      listen 0 --as s --mode \(mode) --pace 200ms
      connect s --as c
      send c "a"
      wait s.1 bytes 1
      send c "b"
      """)
    let paused = Latch()
    let connection = try stage.connection("s.1")
    _ = Worker.start("pause") {
      connection.pause()
      paused.raise()
    }
    connection.close(isReset: false)
    try stage.play("wait s.1 sent")
    paused.awaitRaised()
    #expect(connection.isClosed)
    #expect(!hasStrayCall(stage))
  }

  @Test("A connection that is closed leaves no thread behind", arguments: ["blocking", "epoll"])
  func threads(mode: String) throws {
    let stage = Stage()
    try stage.play("listen 0 --as s --mode \(mode) --at-end close")
    func round(_ numbers: Range<Int>) throws {
      for number in numbers {
        try stage.play(
          "connect s --as k\(number)x\nclose k\(number)x\nwait s.\(number + 1) end\nwait s.\(number + 1) sent"
        )
      }
    }
    try round(0..<20)
    let before = try Self.mappings()
    try round(20..<120)
    // A stack that nobody gives back is two mappings.
    #expect(try Self.mappings() < before + 100)
  }

  private static func mappings() throws -> Int {
    try String(contentsOfFile: "/proc/self/maps", encoding: .utf8).split(separator: "\n").count
  }

  @Test("recv by hand after the end of stream returns 0 once more", arguments: ["blocking", "poll"])
  func afterTheEnd(mode: String) throws {
    let stage = Stage()
    try stage.play(
      """
      listen 0 --as s --mode \(mode)
      connect s --as c
      send c "abc"
      close c
      wait s.1 end
      recv s.1
      expect s.1 recv 3 0 0
      """)
  }

  @Test("A refused option leaves a listener accepting")
  func refused() throws {
    let stage = Stage()
    try stage.play("listen @recvscope-refused-\(getpid()) --unix --as s")
    #expect(stage.failure(of: "set s --nodelay") != nil)
    try stage.play("connect s --as c\nsend c \"x\"\nwait s.1 bytes 1")
  }

  @Test("recv of urgent data that is not there rests between two calls")
  func urgent() throws {
    let stage = Stage()
    try stage.play("listen 0 --as s --flags oob\nconnect s --as c\nwait s.1 recv 2\nwait 100ms")
    #expect(try stage.records("s.1", .recv).count < 50)
  }

  @Test("Names of accepted connections are not for sessions")
  func names() {
    #expect(Stage().failure(of: "listen 0 --as s.1")?.contains("accepted") == true)
    #expect(Stage().failure(of: "listen 0 --as v1.x") == nil)
  }
}
