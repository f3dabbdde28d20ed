import Testing

@Suite("stats tells what the calls come to")
struct StatisticsTests {
  private static let lab = [
    "listen 0 --as s --recv 10", "connect s --as c", #"send c "12345" 100ms "a"*50"#, "close c",
    "wait s.1 end",
  ].flatMap { ["-e", $0] }

  private func run(_ options: [String], _ lines: String...) throws -> Outcome {
    try Program.run(["run"] + options + Self.lab + lines.flatMap { ["-e", $0] })
  }

  @Test("In plain text, of a socket and of all")
  func plain() throws {
    let outcome = try run([], "stats s.1", "stats")
    #expect(outcome.exitCode == 0)
    let heads = outcome.lines.filter { $0.contains("  stats  ") }
    #expect(heads.count == 2)
    #expect(heads.first?.contains(" 7 recv 55 B in ") == true, "\(heads)")
    #expect(heads.last?.contains("2 send 55 B") == true)
    #expect(outcome.text.contains("of 6") && outcome.text.contains("eof 1 (14 %)"))
  }

  @Test("As one JSON object, also amid plain text, and of a listener with its connections")
  func json() throws {
    let events = try run(["--json", "--show", "mark"], "frame s fixed 5", "stats s").events
    let event = try #require(events.last)
    #expect(event.event == "stats")
    #expect(event.socket == "s")
    let line = try #require(try run(["--no-head"], "stats s.1 --json").lines.first { $0.hasPrefix("{") })
    #expect(line.contains(#""recv_calls":7,"recv_bytes":55"#))
    #expect(line.contains(#""whys":{"filled":"#))
  }

  @Test("Messages are counted where a framing is set")
  func messages() throws {
    let outcome = try run(["--show", "mark"], "frame s fixed 5", "stats s.1")
    #expect(outcome.text.contains("; 11 messages, "), "\(outcome.text)")
  }

  @Test("A socket that there is not, and a word too much, are mistakes")
  func mistakes() throws {
    #expect(try run([], "stats nobody").errorText.contains("there is no socket nobody"))
    let outcome = try run([], "stats s.1 --jsn")
    #expect(outcome.exitCode == 2)
    #expect(outcome.errorText.contains("expected --json or nothing"))
  }
}
