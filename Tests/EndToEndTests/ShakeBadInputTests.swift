import Foundation
import Testing

@Suite("Shake: what cannot be shaken ends with one clear message and its status")
struct ShakeBadInputTests {
  private static func command(_ mode: String, _ port: Int = 0) -> [String] {
    ["python3", "\(ShakeTarget.folder)/odd.py", mode, "\(port)"]
  }

  private static let hello = ["--send", #""hello world\n""#]

  private func check(_ outcome: Outcome, exits status: Int32, naming words: [String]) {
    #expect(outcome.exitCode == status, "\(outcome.errorText)")
    for word in words { #expect(outcome.errorText.contains(word), "\(word): \(outcome.errorText)") }
    #expect(!outcome.errorText.contains("Fatal error"))
    #expect(outcome.output.isEmpty, "\(outcome.text)")
  }

  @Test(
    "A program that nothing can be found out about",
    arguments: [
      ("dies", [], 3, ["before it listened", "exited with status 3", "odd.py: no configuration was found"]),
      ("mute", ["--within", "300ms"], 4, ["got no answer, nothing came within 300 ms"]),
      ("endless", [], 4, ["its answer has no end", "--until bytes N"]),
      (
        "echo", ["--expect", #""nothing like it""#], 4,
        ["does not have \"nothing like it\": \"HELLO WORLD\\n\""]
      ),
      ("sleeps", [], 3, ["it does not listen after 10 s"]),
    ] as [(String, [String], Int32, [String])])
  func hopeless(mode: String, options: [String], status: Int32, words: [String]) throws {
    check(
      try Program.run(["shake"] + Self.hello + options + ["--"] + Self.command(mode)), exits: status,
      naming: words)
  }

  @Test(
    "A program that closes or resets the connection of the uncut message", arguments: ["closed", "reset"])
  func ends(how: String) throws {
    // With bytes unread close(2) resets.
    let script =
      "while True:\n  connection = server.accept()[0]\n  "
      + (how == "closed"
        ? "connection.recv(100)\n  connection.close()" : "connection.recv(1)\n  connection.close()")
    check(
      try Program.run(["shake"] + Self.hello + ["--"] + ShakeTests.python(script)), exits: 4,
      naming: ["got no answer, the program \(how) the connection"])
  }

  @Test("A port that is taken is named, with EADDRINUSE, also where the program says less")
  func taken() throws {
    let holder = try Peer.pythonServer("sys.stdin.read()")
    check(
      try Program.run(["shake"] + Self.hello + ["--"] + Self.command("echo", holder.port)), exits: 3,
      naming: ["bind(127.0.0.1:\(holder.port)): EADDRINUSE, address in use", "exited with status 1"])
  }

  @Test(
    "What is no message to cut",
    arguments: [
      ([#""""#], ["the message is empty"]), ([#""x""#], ["a message of 1 byte cannot be cut"]),
      ([#""x"*1G"#], ["1073741824 bytes", "up to 16777216"]),
      ([#""abc""#, "--cuts", "at", "7"], ["--cuts at 7: a cut lies after byte 1 to 2"]),
      ([#""abc""#, "--cuts", "edges"], ["name it with --frame"]),
      ([#""abc""#, "--cuts", "al"], ["--cuts: column 1", "did you mean all"]),
      ([#""abc""#, "--cutz", "all"], ["Did you mean '--cuts'"]),
      ([#""abc""#, "--until", "message"], ["--frame says where a message ends"]),
      ([#""abc""#, "--same", "--expect", #""a""#], ["either --same or --expect"]),
      ([#""abc""#, "--jobs", "0"], ["--jobs: expected 1 to 64"]),
      ([#""abc" close"#], ["close: what is shaken are bytes"]),
      ([#""abc""#, "--restart", "often"], ["crash", "each", "never"]),
      ([#""abc""#, "--udp"], ["udp keeps boundaries", "a datagram cannot be cut"]),
      ([#""abc""#, "--ignore", "/(/"], ["--ignore"]),
    ])
  func usage(options: [String], words: [String]) throws {
    check(
      try Program.run(["shake", "--send"] + options + ["--"] + Self.command("echo")), exits: 2, naming: words)
  }

  @Test("A large file is refused for its length")
  func largeFile() throws {
    let folder = try Scratch()
    let file = try folder.file("large", "")
    try FileHandle(forWritingTo: URL(fileURLWithPath: file)).truncate(atOffset: 17 << 20)
    check(
      try Program.run(["shake", "--send", "@\(file)", "--"] + Self.command("echo")), exits: 2,
      naming: ["up to 16777216"])
  }

  @Test("A server for datagrams is refused with the reason")
  func datagrams() throws {
    let server = ShakeTests.python(
      "server.bind(('127.0.0.1', 0))", at: "socket.socket(socket.AF_INET, socket.SOCK_DGRAM)")
    check(
      try Program.run(["shake"] + Self.hello + ["--"] + server), exits: 3,
      naming: ["before it listened", "a datagram cannot be cut"])
  }

  @Test("A client that never connects is named, with its status")
  func noClient() throws {
    let port = try Peer.freePort()
    check(
      try Program.run(
        ["shake", "--listen", "127.0.0.1:\(port)", "--reply", #""abc""#, "--", "sh", "-c", "exit 5"]),
      exits: 3,
      naming: ["had not connected to 127.0.0.1:\(port)", "exited with status 5"])
  }

  @Test("A server that is not there is refused", arguments: [true, false])
  func nobody(isWatched: Bool) throws {
    let port = try Peer.freePort()
    let outcome = try Program.run(
      ["shake"] + Self.hello + (isWatched ? ["--", "/nowhere/server"] : ["--to", "127.0.0.1:\(port)"]))
    check(outcome, exits: isWatched ? 3 : 4, naming: isWatched ? ["/nowhere/server", "ENOENT"] : ["refused"])
  }

  @Test("An interrupt reports what there is, and leaves nothing running", arguments: [true, false])
  func interrupted(isJSON: Bool) throws {
    let folder = try Scratch()
    // A child of its own, too, and each connection held for a while: there is time for an interrupt.
    let script = """
      import os
      child = os.fork()
      if child == 0:
        while True: select.select([], [], [], 10)
      open(sys.argv[1] + ".new", "w").write(f"{os.getpid()} {child}")
      os.rename(sys.argv[1] + ".new", sys.argv[1])
      count = 0
      while True:
        connection = server.accept()[0]
        text = b""
        while not text.endswith(b"\\n"): text += connection.recv(100)
        count += 1
        if count > 20: select.select([], [], [], 0.1)
        connection.sendall(text)
        connection.close()
        open(f"{sys.argv[1]}.{count}", "w").close()
      """
    let pids = "\(folder.path)/pids"
    let child = try Program.start(
      ["shake"] + (isJSON ? ["--json"] : []) + ["--send", #""x"*400 + "\n""#, "--until", "bytes 401", "--"]
        + ShakeTests.python(script) + [pids])
    let isReady = Deadline(within: 30).poll {
      FileManager.default.fileExists(atPath: "\(pids).22") ? true : nil
    }
    #expect(isReady == true)
    child.signal(2)
    let outcome = try child.wait()
    #expect(outcome.exitCode == 130, "\(outcome.errorText)")
    if isJSON {
      let run = try ShakeRun(of: outcome)
      #expect((15...398).contains(run.cuts.count) && run.bad == [], "\(run.cuts.count)")
    } else {
      #expect(outcome.text.contains("of 400 were tried: stopped"), "\(outcome.text)")
    }
    for pid in try String(contentsOfFile: pids, encoding: .utf8).split(separator: " ") {
      let command = try? String(contentsOfFile: "/proc/\(pid)/cmdline", encoding: .utf8)
      #expect(command?.contains(pids) != true)
    }
  }
}
