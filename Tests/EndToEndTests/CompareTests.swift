import Testing

@Suite("compare lays two recordings beside each other")
struct CompareTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// Records one connection; gives the file.
  private func record(_ name: String, recv size: Int = 10, send: String = #""12345" 100ms "a"*50"#) throws
    -> String
  {
    let file = "\(scratch.path)/\(name).rscope"
    let outcome = try Program.run(
      ["run", "--quiet", "--record", file]
        + [
          "listen 0 --as server --recv \(size)", "connect server --as client", "send client \(send)",
          "close client", "wait server.1 end",
        ].flatMap { ["-e", $0] })
    #expect(outcome.exitCode == 0, "\(outcome.errorText)")
    return file
  }

  @Test("Cuts that differ are drawn on one scale, told in a sentence and listed")
  func cuts() throws {
    let outcome = try Program.run(["compare", record("a"), record("b", recv: 4096)])
    #expect(outcome.exitCode == 1)
    let text = outcome.text
    #expect(text.contains("server.1: cut differently, the same bytes"))
    let rows = outcome.lines.filter { $0.hasPrefix("  A ▐") || $0.hasPrefix("  B ▐") }
    #expect(rows.count == 2)
    // The first edge of both, and the end, lie below each other.
    for edge in ["▌", "╳"] as [Character] {
      let places = rows.map { $0.prefix { $0 != edge }.count }
      #expect(places.first == places.last, "\(text)")
    }
    #expect(text.contains("From offset 5 on: A's recv #2 returned 10 of 10, B's recv #2 returned 50 of"))
    #expect(text.contains(#/ 5 +2 +10/10 +filled +2 +50/4096 +drained /#))
    #expect(text.hasSuffix("1 of 1 socket cut differently.\n"))
    #expect(outcome.lines.dropFirst(2).allSatisfy { $0.count <= 80 })
    #expect(!text.contains("\u{1b}"))
  }

  @Test("The same sizes are no difference; other bytes are told, and fail where that is asked for")
  func bytes() throws {
    let (a, b) = (try record("a"), try record("b", send: #""12345" 100ms "a"*20+"b"*30"#))
    let outcome = try Program.run(["compare", a, b])
    #expect(outcome.exitCode == 0)
    #expect(outcome.text.contains("server.1: the same calls, other bytes from offset 25 on"))
    #expect(try Program.run(["compare", a, b, "--bytes"]).exitCode == 1)
    let same = try Program.run(["compare", a, a, "--bytes"])
    #expect(same.exitCode == 0)
    #expect(same.text.hasSuffix("No call differs on 1 socket.\n"))
  }

  @Test("As JSON Lines, an object a difference and one a socket")
  func json() throws {
    let outcome = try Program.run(["compare", record("a"), record("b", recv: 4096), "--json"])
    #expect(outcome.exitCode == 1)
    let lines = outcome.lines
    #expect(lines.filter { $0.hasPrefix(#"{"event":"difference","socket":"server.1","offset":"#) }.count == 5)
    let first = try #require(lines.first { $0.contains(#""difference""#) })
    #expect(first.contains(#""offset":5,"a":{"seq":"#))
    #expect(first.contains(#""n":2,"offset":5,"asked":10,"returned":10,"errno":null,"why":"filled","#))
    let socket = try #require(lines.first { $0.hasPrefix(#"{"event":"compare","socket":"server.1""#) })
    #expect(socket.contains(#""same":false,"differences":5,"first":5,"bytes":"same""#))
  }

  @Test("A socket that one run has alone is told")
  func alone() throws {
    let a = try record("a")
    let b = "\(scratch.path)/b.rscope"
    _ = try Program.run(
      ["run", "--quiet", "--record", b, "-e", "listen 0 --as other", "-e", "wait 1ms"])
    let outcome = try Program.run(["compare", a, b])
    #expect(outcome.exitCode == 1)
    #expect(outcome.text.contains("Only A has client, server.1 (55 B)."))
    #expect(outcome.text.contains("1 that only one run has"))
  }

  @Test("Datagrams are compared in their order")
  func datagrams() throws {
    func record(_ name: String, _ burst: String) throws -> String {
      let file = "\(scratch.path)/\(name).rscope"
      _ = try Program.run(
        ["run", "--quiet", "--record", file]
          + ["listen 0 --udp --as s", "connect s --as c", "send c \(burst)", "wait s recv 2"].flatMap {
            ["-e", $0]
          })
      return file
    }
    let outcome = try Program.run(["compare", record("a", #""12" "345""#), record("b", #""12" "3456""#)])
    #expect(outcome.exitCode == 1)
    #expect(
      outcome.text.contains("From datagram 2 on: A's recv #2 returned 3 of 4096, B's recv #2 returned 4"))
  }

  @Test("A recording that was cut off is compared as far as it goes, and said to be so")
  func cutOff() throws {
    let file = "\(scratch.path)/cut.rscope"
    let child = try Program.start(["listen", "0", "--json", "--record", file])
    let port = try #require(try child.event { $0.event == "listen" }.local?.split(separator: ":").last)
    let peer = try Peer.python(
      "s = socket.create_connection(('127.0.0.1', port)); s.sendall(b'12345'); print('sent'); sys.stdin.read()",
      port: Int(port) ?? 0, input: .pipe)
    _ = try child.event { $0.event == "recv" }
    // The recorder writes each tenth of a second.
    let deadline = Deadline(within: 20)
    var outcome = try Program.run(["compare", file, file])
    while !outcome.text.contains("1 call, 5 bytes"), !deadline.hasPassed {
      outcome = try Program.run(["compare", file, file])
    }
    #expect(outcome.errorText.contains("it is being recorded"))
    child.signal(9)
    _ = try child.wait()
    peer.closeInput()
    outcome = try Program.run(["compare", file, file])
    #expect(outcome.exitCode == 0, "\(outcome.errorText)")
    #expect(outcome.errorText.contains("it was cut off"))
    #expect(outcome.text.contains("1 call, 5 bytes"))
  }

  @Test("What is no recording is refused in a sentence")
  func refused() throws {
    let a = try record("a")
    let text = try scratch.file("text.rscope", "SQLite format 4, almost\n")
    for (file, reason) in [
      (text, "it is no recording of recvscope"), ("\(scratch.path)/none", "ENOENT"),
      (scratch.path, "it is no file"),
    ] {
      let outcome = try Program.run(["compare", a, file])
      #expect(outcome.exitCode == 2)
      #expect(outcome.text.isEmpty)
      #expect(outcome.errorText.hasPrefix("recvscope: \(file): \(reason)"), "\(outcome.errorText)")
    }
    #expect(try Program.run(["compare", a]).exitCode == 2)
    #expect(try Program.run(["compare", a, a, "--limit", "-1"]).exitCode == 2)
  }

  @Test("In a lab a recording is what the run has to be like")
  func lab() throws {
    let golden = try record("golden")
    func play(_ size: Int) throws -> Outcome {
      try Program.run(
        ["run"]
          + [
            "listen 0 --as server --recv \(size)", "connect server --as client",
            #"send client "12345" 100ms "a"*50"#, "close client", "wait server.1 end", "compare \(golden)",
          ].flatMap { ["-e", $0] })
    }
    #expect(try play(10).exitCode == 0)
    let other = try play(4096)
    #expect(other.exitCode == 1)
    #expect(other.text.contains("cut differently, the same bytes. From offset 5 on: this run's recv #2"))
    #expect(other.errorText.contains("1 of 1 socket cut differently"))
  }

  @Test("In the workbench it lies over the panes, and Escape closes it")
  func workbench() throws {
    let golden = try record("golden", recv: 4096)
    let terminal = try Tmux(
      workbench: ["recv-returns"], environment: ["HOME": scratch.path, "XDG_CONFIG_HOME": scratch.path])
    try terminal.wait(for: "end of stream")
    try terminal.command("compare \(golden)")
    let screen = try terminal.wait(for: "A: this run   B: ")
    #expect(!screen.contains("memory error"))
    try terminal.wait(for: "From offset 5 on: A's recv #2 returned 10 of 10")
    try terminal.press("Escape")
    try terminal.wait(forNo: "A: this run")
    try terminal.command("compare nothing.rscope")
    try terminal.wait(for: "nothing.rscope: ENOENT")
  }
}
