import Glibc
import Testing

@Suite("The forms of headless output")
struct OutputTests {
  private static let lab = [
    "listen 0 --as s --recv 10", "connect s --as c", #"send c "12345" 0x00ff1b "\u{e9}""#, "close c",
    "wait s.1 end",
  ]

  private func run(_ options: String...) throws -> Outcome {
    let outcome = try Program.run(["run"] + options + Self.lab.flatMap { ["-e", $0] })
    #expect(outcome.exitCode == 0, "\(outcome.errorText)")
    return outcome
  }

  @Test("Plain output has a line a record and no raw control byte")
  func plain() throws {
    let outcome = try run("--plain")
    #expect(try run().text.contains("end of stream") && outcome.text.contains("end of stream"))
    for word in ["listen", "accept", "connect", "send", "recv", "close"] {
      #expect(outcome.lines.contains { $0.contains(word) }, "no line of \(word): \(outcome.text)")
    }
    #expect(outcome.output.allSatisfy { $0 == 10 || $0 >= 32 && $0 != 127 })
  }

  @Test(
    "Text names its columns once, unless it is told not to, and tells a burst of one send only if it is asked for"
  )
  func head() throws {
    #expect(try run("--plain").lines.count { $0.hasPrefix("        time  socket") } == 1)
    #expect(try run("--hex").lines.first?.hasPrefix("        time  socket") == true)
    for options in [["--no-head"], ["--json"], ["--show", "close"]] {
      let outcome = try Program.run(["run"] + options + Self.lab.flatMap { ["-e", $0] })
      #expect(!outcome.text.contains("  time  socket"), "\(outcome.text)")
    }
    let burst = ["-e", "listen 0", "-e", "connect server", "-e", "send client \"a\""]
    #expect(try !Program.run(["run"] + burst).text.contains("burst 1:"))
    #expect(try Program.run(["run", "--show", "burst"] + burst).text.contains("burst 1:"))
    #expect(try Program.run(["run", "--json"] + burst).events.of("burst").count == 1)
  }

  @Test("Hex output shows the bytes under their record")
  func hex() throws {
    #expect(try run("--hex").text.contains("31 32 33 34 35"))
    #expect(try !run("--plain").text.contains("31 32 33 34 35"))
  }

  @Test("Quiet output is one line on standard error: calls, bytes, time")
  func quiet() throws {
    let outcome = try run("--quiet")
    #expect(outcome.output.isEmpty)
    let lines = outcome.errorText.split(separator: "\n")
    #expect(lines.count == 1 && lines.allSatisfy { $0.contains("calls") && $0.contains("bytes") }, "\(lines)")
  }

  @Test("--show keeps the events that are named", arguments: ["recv", "send,recv", "accept,close"])
  func show(names: String) throws {
    let events = try run("--json", "--show", names).events
    let shown = Set(events.map(\.event)).subtracting(["start"])
    #expect(shown == Set(names.split(separator: ",").map(String.init)))
  }

  @Test(
    "--data gives the payload in the form that is asked for",
    arguments: [
      ("base64", "MTIzNDU="), ("hex", "3132333435"), ("text", "12345"), ("none", nil),
    ])
  func data(form: String, first: String?) throws {
    let events = try run("--json", "--data", form, "--show", "send").events.of("send")
    #expect(events.count == 3 && events.first?.data == first)
  }

  @Test("--for ends a listener that nobody calls")
  func forDuration() throws {
    let clock = ContinuousClock()
    var outcome: Outcome?
    let took = try clock.measure { outcome = try Program.run(["listen", "0", "--json", "--for", "300ms"]) }
    #expect(outcome?.exitCode == 0 && took >= .milliseconds(300))
    #expect(try outcome?.events.of("listen").count == 1)
  }

  @Test("Ctrl-C ends with 130, and nothing recorded is lost")
  func interrupt() throws {
    let listener = try Listener(["--recv", "10"])
    let client = try Peer.python(
      "client = socket.create_connection((\"127.0.0.1\", port))\nclient.sendall(b\"123\")\nsys.stdin.read()",
      port: listener.port, input: .pipe)
    _ = try listener.child.event { $0.event == "accept" }
    _ = try listener.child.event { $0.event == "recv" && $0.returned == 3 }
    listener.child.signal(SIGINT)
    let outcome = try listener.child.wait()
    client.closeInput()
    #expect(outcome.exitCode == 130)
    let events = try outcome.events
    #expect(events.map(\.seq) == Array(events.indices))
    #expect(events.bytes("server.1") == Array("123".utf8))
  }

  @Test("A run ends with its last line, and with --stay it goes on")
  func stay() throws {
    #expect(try Program.lab("listen 0 --as s").exitCode == 0)
    let outcome = try Program.lab("listen 0 --as s", options: ["--stay", "--for", "200ms"])
    let child = try Program.start(["run", "--json", "--stay", "-e", "listen 0 --as s", "-e", "mark ready"])
    _ = try child.event { $0.event == "mark" && $0.text == "ready" }
    child.signal(SIGINT)
    #expect(try child.wait().exitCode == 130)
    #expect(outcome.exitCode == 0)
  }

  @Test("--version, --help, help of a command, labs and themes print and exit with 0")
  func information() throws {
    for arguments in [["--version"], ["--help"], ["help", "listen"], ["labs"], ["themes"]] {
      let outcome = try Program.run(arguments)
      #expect(outcome.exitCode == 0 && !outcome.output.isEmpty, "\(arguments): \(outcome)")
    }
    #expect(try Program.run(["--help"]).text.contains("sticky packets"))
  }
}
