import Labs
import Sockets
import Staging
import Testing
import Traffic

@Suite("A relay in trouble")
struct RelayTroubleTests {
  /// Waits until a pair's sockets are closed.
  private static func waitForEnd(_ stage: Stage, _ pair: String = "r.1") throws {
    try stage.wait("\(pair) is closed") {
      RelayEnd.allCases.allSatisfy {
        (try? stage.records("\(pair).\($0.rawValue)", .close))?.count == 1
      }
    }
  }

  @Test("when nothing can be sent either way the pair is closed", arguments: RelayTests.modes)
  func bothBroken(mode: String) throws {
    let stage = try RelayTests.stage("--mode \(mode)")
    try stage.play(
      """
      pause r.1
      send client "1"
      send server.1 "2"
      wait client sent
      wait server.1 sent
      close client --reset
      close server.1 --reset
      wait server.1 end
      wait client end
      resume r.1
      """)
    try Self.waitForEnd(stage)
  }

  @Test("what a pair has inside is told though its relay was closed before")
  func closedRelay() throws {
    let stage = try RelayTests.stage()
    try stage.play("hold r.1 up\nsend client \"one\"\nwait r.1.client bytes 3\nclose r")
    stage.manager.endRelays()
    try Self.waitForEnd(stage)
    #expect(try stage.records("r.1.client", .close).map(\.undelivered) == [3])
    #expect(try stage.records("r.1.target", .close).map(\.how) == [.reset])
  }

  @Test("a reset waits for what is held, and nothing runs meanwhile", arguments: RelayTests.modes)
  func resetWhileHeld(mode: String) throws {
    let stage = try RelayTests.stage("--mode \(mode)")
    try stage.play(
      "hold r.1 up\nsend client \"one\"\nwait r.1.client bytes 3\nclose client --reset\nwait r.1.client end\nwait 100ms"
    )
    let before = try stage.records("r", .wait).count
    try stage.play("wait 100ms")
    #expect(try stage.records("r", .wait).count <= before + 1)
    try stage.play("release r.1 up\nwait server.1 end\nexpect server.1 recv 3 ECONNRESET")
  }

  @Test("what was put in the place of others was never received")
  func replacedIsNotReceived() throws {
    let stage = try RelayTests.stage()
    try stage.play(
      """
      hold r.1 up
      send client "one"
      wait r.1.client bytes 3
      release r.1 up with "a" 1h "bbbbbbbbbb"
      wait server.1 bytes 1
      close r.1
      """)
    try Self.waitForEnd(stage)
    #expect(try stage.records("r.1.client", .close).map(\.undelivered) == [0])
  }

  @Test("that bytes wait inside by its own rules is no silence")
  func ownWaiting() throws {
    let stage = try RelayTests.stage("--half-close-limit 40ms --up --delay 200ms")
    try stage.play("send client \"abcdef\" shutdown\nwait server.1 bytes 6\nexpect server.1 recv 6 …")
  }

  @Test("SO_RCVLOWAT holds from the start")
  func lowWater() throws {
    let stage = try RelayTests.stage("--lowat 100")
    try stage.play("send client zeros(50)\nwait 50ms")
    #expect(try stage.received("r.1.client").isEmpty)
    try stage.play("send client zeros(50)\nwait server.1 bytes 100\nexpect server.1 recv 100")
  }

  @Test("what passes is not sent by others")
  func refusals() throws {
    let stage = try RelayTests.stage()
    for line in ["on r.1.client \"x\" send \"y\"", "on r \"x\" send \"y\"", "send r.1.target \"y\""] {
      #expect(stage.failure(of: line)?.contains("hold and release let you step in") == true, "\(line)")
    }
    for line in ["release r.1 up with \"x\"", "drop r.1 up 1", "relay 0 127.0.0.1:0"] {
      #expect(stage.failure(of: line) != nil, "\(line)")
    }
  }

  @Test("a Unix path to itself is refused, however it is written")
  func unixLoops() throws {
    let stage = Stage()
    for line in ["relay ./loop-a.sock ././loop-a.sock", "relay 29917 [::ffff:127.0.0.1]:29917"] {
      let failure = stage.failure(of: line)
      #expect(failure?.contains("it would pass on to itself for ever") == true, "\(line): \(failure ?? "")")
    }
  }

  @Test("short waits of poll and epoll see what comes meanwhile", arguments: ["poll", "epoll"])
  func shortWaits(mode: String) throws {
    // select counts microseconds, and has no need to wait before it waits.
    #expect(try Self.lateness(mode) < 4 * Self.lateness("select") + 50_000)
  }

  /// How long the middle one of some chunks lay in the queue while the other way has something to do each 300 us.
  private static func lateness(_ mode: String) throws -> Nanoseconds {
    let stage = try RelayTests.stage("--mode \(mode) --up --slice 1 --gap 300us")
    try stage.play("send client zeros(2000)\nsend server.1 (\"x\" 1ms)*50\nwait client bytes 50")
    let times = try stage.records("r.1.target", .recv).filter { $0.result > 0 }
      .compactMap { record in record.arrived.map { record.start - $0 } }.sorted()
    return times[times.count / 2]
  }
}
