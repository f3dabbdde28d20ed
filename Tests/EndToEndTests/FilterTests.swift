import Testing

@Suite("--where prints what passes")
struct FilterTests {
  private static let lab = [
    "listen 0 --as s --recv 10", "connect s --as c", #"send c "12345" 100ms "a"*50"#, "close c",
    "wait s.1 end",
  ].flatMap { ["-e", $0] }

  private func run(_ options: String...) throws -> Outcome { try Program.run(["run"] + options + Self.lab) }

  @Test("In JSON, plain and hex")
  func forms() throws {
    let condition = "event=recv and returned=10 and queued<=20 and waited<10s and socket=s.*"
    let outcome = try run("--json", "--where", condition)
    #expect(outcome.exitCode == 0)
    #expect(try outcome.events.map(\.event) == ["recv", "recv", "recv"])
    #expect(try run("--no-head", "--where", condition).lines.count == 3)
    let hex = try run("--hex", "--where", "data~\"2345\" and event=recv").text
    #expect(hex.contains("31 32 33 34 35") && !hex.contains("61 61"))
  }

  @Test("Together with --show, and with any once the run is over")
  func together() throws {
    #expect(
      try run("--json", "--show", "send", "--where", "socket=c").events.map(\.event) == ["send", "send"])
    let events = try run("--json", "--where", "any(why=eof) and not event=wait").events
    #expect(events.of("recv", "s.1").count == 7)
    #expect(Set(events.map { $0.socket ?? "" }) == ["s.1"])
    #expect(try run("--json", "--where", "not any(why=eof) and has socket").events.of("recv", "s.1").isEmpty)
  }

  @Test(
    "A mistake has a caret and status 2, before anything is opened",
    arguments: [
      ["run", "-e", "listen 1"], ["listen", "1"], ["connect", "127.0.0.1:1"], ["relay", "0", "127.0.0.1:1"],
    ])
  func mistake(command: [String]) throws {
    let outcome = try Program.run(command + ["--where", "asked>1 and askd<5"])
    #expect(outcome.exitCode == 2)
    #expect(outcome.output.isEmpty)
    #expect(
      outcome.errorText.contains(
        "--where: column 13: there is no field askd; did you mean asked?\nasked>1 and askd<5\n            ^\n"
      ),
      "\(outcome.errorText)")
  }
}
