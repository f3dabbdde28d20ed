import Testing

@Suite("Bursts, played")
struct BurstTests {
  private static func lab(_ burst: String) -> [String] {
    ["run", "--json", "-e", "listen 0", "-e", "connect server", "-e", "send client \(burst)"]
  }

  @Test(
    "within judges the latest send of a burst, and a miss is exit status 1",
    arguments: [("1s", 0), ("1ns", 1)])
  func tolerance(_ tolerance: String, _ status: Int32) throws {
    let outcome = try Program.run(Self.lab(#""a" 2ms "b" within "# + tolerance))
    #expect(outcome.exitCode == status, "\(outcome)")
    let report = try #require(outcome.events.of("burst", "client").first)
    #expect(report.ok == (status == 0))
    #expect(report.end == "done" && report.sends == 2 && report.bytes == 2 && report.unsent == 0)
    #expect(outcome.errorText.contains("within") == (status == 1))
  }

  @Test("Every send has its planned and its actual time, in order, and none begins before its plan")
  func schedule() throws {
    let outcome = try Program.run(Self.lab(#"("x" 250us)*20 "y""#))
    let sends = try outcome.events.of("send", "client")
    #expect(sends.count == 21)
    let planned = sends.compactMap(\.planned)
    let started = sends.compactMap(\.start)
    #expect(zip(planned, planned.dropFirst()).allSatisfy { $1 - $0 == 250_000 })
    #expect(zip(planned, started).allSatisfy { $0 <= $1 })
  }

  @Test("--speed stretches the schedule and leaves within alone", arguments: [(0.25, 40), (5, 2)])
  func speed(_ speed: Double, milliseconds: Int) throws {
    let outcome = try Program.run(
      Self.lab(#""a" 10ms "b" at 20ms "c" within 3s"#) + ["--speed", "\(speed)"])
    let planned = try outcome.events.of("send", "client").compactMap(\.planned)
    #expect(
      zip(planned, planned.dropFirst()).map { $1 - $0 }
        == [milliseconds, milliseconds].map { $0 * 1_000_000 })
    #expect(try outcome.events.of("burst").map(\.within) == [3_000_000_000])
  }

  @Test("A pause at the end of a burst holds up what is said to the socket next")
  func trailingPause() throws {
    let outcome = try Program.run(Self.lab(#""a" 50ms"#) + ["-e", "close client", "-e", "wait server.1 end"])
    let events = try outcome.events
    let planned = try #require(events.of("send", "client").first?.planned)
    let closed = try #require(events.of("close", "client").first?.t)
    #expect(closed - planned >= 50_000_000)
  }

  @Test(
    "A device that answers by itself sends back the id of each request",
    arguments: [
      (#""ack 42\nack 7\n""#, 0), (#""ack 42\n" … "7\n""#, 0), (#"/ack \d+\nack 7\n/"#, 0), (#"… "8\n""#, 1),
      ("/ack 8/", 1),
    ])
  func echoes(data: String, status: Int32) throws {
    let lines = [
      "listen 0 --as device", #"on device /id=(\d+);/ send "ack %{1}\n""#, "connect device --as client",
      #"send client "get id=4" 5ms "2; get id=7;""#, "wait client bytes 13", "expect client data \(data)",
    ]
    let outcome = try Program.run(["run", "--json"] + lines.flatMap { ["-e", $0] })
    #expect(outcome.exitCode == status, "\(outcome)")
    #expect(try outcome.events.of("expect").map(\.ok) == [status == 0])
  }

  @Test("A listener that others can reach says so")
  func exposure() throws {
    let wide = try Program.run(["listen", "*:0", "--for", "100ms"])
    #expect(wide.text.contains("EXPOSED"))
    let loopback = try Program.run(["listen", "0", "--for", "100ms"])
    #expect(!loopback.text.contains("EXPOSED"))
  }
}
