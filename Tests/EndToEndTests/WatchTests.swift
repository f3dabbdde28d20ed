import Foundation
import Testing

@Suite("Another program's calls")
struct WatchTests {
  private static let python = "/usr/bin/python3"

  /// A server that echoes until its one connection ends, and says where it listens.
  private static let echo = """
    import socket
    server = socket.create_server(("127.0.0.1", 0))
    print(server.getsockname()[1], flush=True)
    connection, _ = server.accept()
    while data := connection.recv(100): connection.sendall(data)
    """

  @Test(
    "the exit status is the program's, or 128 and its signal",
    arguments: [
      ("import sys; sys.exit(3)", 3), ("import os; os.kill(os.getpid(), 15)", 143), ("pass", 0),
    ])
  func status(text: String, status: Int32) throws {
    #expect(try Program.run(["watch", "--", Self.python, "-c", text]).exitCode == status)
  }

  @Test("its calls and its output are records, and what it gets is what it would get")
  func calls() throws {
    let outcome = try Program.run([
      "watch", "--json", "--", Self.python, "-c",
      "import socket; a, b = socket.socketpair(); a.send(b'12345'); print(b.recv(10)); a.close(); print(b.recv(10))",
    ])
    let lines = outcome.text.split(separator: "\n")
    func has(_ parts: String...) -> Bool { lines.contains { line in parts.allSatisfy(line.contains) } }
    #expect(has("\"event\":\"start-program\"", "\"source\":\"ptrace\""))
    #expect(
      has(
        "\"event\":\"recv\"", "\"origin\":\"watch\"", "\"call\":\"recvfrom\"", "\"returned\":5",
        "\"why\":\"drained\""))
    #expect(has("\"event\":\"recv\"", "\"returned\":0", "\"why\":\"eof\""))
    #expect(has("\"event\":\"output\"", "\"stream\":\"stdout\""))
    #expect(has("\"event\":\"exit-program\"", "\"status\":0"))
  }

  @Test("--passthrough leaves the program its output, and our lines go to a file")
  func passthrough() throws {
    let folder = try Scratch()
    let file = "\(folder.path)/calls.txt"
    let outcome = try Program.run([
      "watch", "--passthrough", "--output", file, "--", Self.python, "-c",
      "import socket; a, b = socket.socketpair(); a.send(b'x'); print('mine')",
    ])
    #expect(outcome.text == "mine\n")
    #expect(try String(contentsOfFile: file, encoding: .utf8).contains("app.fd3     send"))
  }

  @Test(
    "what cannot be watched says why",
    arguments: [
      (["watch", "--", "/no/such/program"], 3, "execve() failed: ENOENT"),
      (["watch", "--", "/etc/passwd"], 3, "EACCES"),
      (["watch", "--pid", "1073741000"], 3, "there is no process 1073741000"),
      (["watch"], 2, "nothing to watch"),
      (["watch", "--pid", "1", "--", "true"], 2, "either --pid or a command"),
      (["run", "-e", "watch \"a 'b\""], 2, "a quote may be missing"),
      (["run", "-e", "watch"], 2, "expected a command in quotes"),
      (["run", "-e", "wait app listen"], 2, "there is no socket app"),
    ])
  func refused(arguments: [String], status: Int32, message: String) throws {
    let outcome = try Program.run(arguments)
    #expect(outcome.exitCode == status && outcome.errorText.contains(message), "\(outcome.errorText)")
  }

  @Test(
    "what only our own sockets do is refused on hers",
    arguments: [
      "send app.fd3.1 \"x\"", "set app.fd3.1 --recv 5", "pause app.fd3.1", "close app.fd3.1",
      "recv app.fd3.1",
      "set app --recv 5", "send app \"x\"", "accept app.fd3", "frame app json",
    ])
  func notOurs(command: String) throws {
    let folder = try Scratch()
    try Self.echo.write(toFile: "\(folder.path)/echo.py", atomically: true, encoding: .utf8)
    let outcome = try Program.lab(
      "watch \"\(Self.python) \(folder.path)/echo.py\"", "wait app listen", "connect app --as client",
      "send client \"x\"", "wait app.fd3.1 recv 1", command)
    #expect(outcome.exitCode == 3 || outcome.exitCode == 2, "\(outcome.text)")
    #expect(
      outcome.errorText.contains("app.fd3") || outcome.errorText.contains("app"), "\(outcome.errorText)")
  }

  /// Asks until somebody says "quit", and tells what it is connected to.
  private static let asking = """
    import sys
    print(f"terminal {sys.stdin.isatty()} {sys.stdout.isatty()}")
    while True:
      try:
        word = input("name? ")
        print(f"hello {word}")
        if word == "quit": break
      except KeyboardInterrupt: print("INTERRUPTED")
    """

  @Test("what is typed is what it reads, and at a terminal ^C interrupts it")
  func typed() throws {
    let folder = try Scratch()
    let program = "watch \"\(Self.python) \(try folder.file("ask.py", Self.asking))\""
    // Each answer when the question before it was asked: ^C throws away what waits.
    let terminal = try Program.lab(
      program + " --tty", "type app \"one\\n\" 500ms \"\\x03\" 500ms \"quit\\n\"", "wait app exit",
      "expect app exit 0", options: ["--data", "text"])
    #expect(terminal.exitCode == 0, "\(terminal.errorText)")
    for text in ["terminal True True", "hello one", "INTERRUPTED", "hello quit"] {
      #expect(terminal.text.contains(text), "\(terminal.text)")
    }
    #expect(terminal.text.contains("\"stream\":\"tty\""))
    let pipes = try Program.lab(
      program, "type app \"one\\nquit\\n\"", "wait app exit", options: ["--data", "text"])
    #expect(pipes.text.contains("terminal False False") && pipes.text.contains("hello quit"))
    #expect(pipes.text.contains("\"stream\":\"stdout\""))
  }

  @Test("a pipe ends when the burst says so, and what reads from it ends then")
  func endOfFile() throws {
    let outcome = try Program.lab(
      "watch cat", "type app \"last\" close", "wait app exit", "expect app exit 0", "type app \"more\"")
    #expect(outcome.exitCode == 2 && outcome.errorText.contains("app is closed"), "\(outcome.errorText)")
  }

  @Test(
    "what cannot be typed says why",
    arguments: [
      ("watch \"sleep 60\" --tty", "type app close", "a terminal goes on"),
      ("watch \"sleep 60\"", "type app \"x\" cork", "only sockets know"),
      ("watch \"sleep 60\"", "type app \"x\" within 5ms", "within is for sends"),
      ("listen 0 --as app", "type app \"x\"", "no program that is watched"),
    ])
  func notTyped(first: String, command: String, message: String) throws {
    let outcome = try Program.lab(first, command)
    #expect(outcome.exitCode == 2 && outcome.errorText.contains(message), "\(outcome.errorText)")
  }

  @Test("what was attached to is not typed to")
  func attached() throws {
    let child = try Child([Self.python, "-c", "import time; time.sleep(60)"])
    defer { child.signal(SIGKILL) }
    let outcome = try Program.lab("watch --pid \(child.pid)", "type app \"x\"")
    #expect(
      outcome.exitCode == 2 && outcome.errorText.contains("was not started here"), "\(outcome.errorText)")
  }

  @Test("a detachable program writes on after recvscope has ended", arguments: ["--tty", "--no-tty"])
  func detachable(terminal: String) throws {
    let folder = try Scratch()
    let script = try folder.file(
      "on.py",
      """
      import os, time
      while not os.path.exists("\(folder.path)/left"): time.sleep(0.01)
      for number in range(100): print("x" * 10000, flush=True)
      open("\(folder.path)/done", "w").close()
      """)
    let outcome = try Program.lab("watch \"\(Self.python) \(script)\" --detachable \(terminal)")
    #expect(outcome.exitCode == 0, "\(outcome.errorText)")
    _ = try folder.file("left", "")
    let done = Deadline(within: 20).poll {
      FileManager.default.fileExists(atPath: "\(folder.path)/done") ? true : nil
    }
    #expect(done == true)
  }

  @Test("killed, recvscope leaves nothing stopped behind", arguments: [false, true])
  func killed(isDetachable: Bool) throws {
    let child = try Program.start(
      ["watch", "--json"] + (isDetachable ? ["--detachable"] : []) + [
        "--", Self.python, "-c",
        "import socket, time\na, b = socket.socketpair()\nwhile True: a.send(b'tick'); b.recv(10); time.sleep(0.001)",
      ])
    let start = try child.line { $0.contains("start-program") }
    let process = try #require(start.firstMatch(of: /"pid":(\d+)/).flatMap { Int32($0.output.1) })
    _ = try child.line { $0.contains("recvfrom") }
    child.signal(SIGKILL)
    _ = try child.wait()
    let deadline = Date(timeIntervalSinceNow: 20)
    func state() -> String {
      let text = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
      return text.split(separator: ")").last.map { String($0.dropFirst().prefix(1)) } ?? "gone"
    }
    if isDetachable {
      // It goes on: neither stopped nor traced.
      while !["S", "R"].contains(state()), Date() < deadline { usleep(1000) }
      #expect(["S", "R"].contains(state()))
      let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
      #expect(status.contains("TracerPid:\t0"))
      kill(process, SIGKILL)
    } else {
      while !["gone", "Z"].contains(state()), Date() < deadline { usleep(1000) }
      #expect(["gone", "Z"].contains(state()))
    }
  }

  @Test("socat and ncat talk to each other, each watched, and find each other as peers")
  func bothEnds() throws {
    let port = try Peer.freePort()
    let outcome = try Program.lab(
      "watch \"socat TCP4-LISTEN:\(port),bind=127.0.0.1 EXEC:cat\" --as server", "wait server listen",
      "watch \"sh -c 'printf hello | ncat --no-shutdown -i 300ms 127.0.0.1 \(port)'\" --as client",
      "wait client exit", "wait server exit", "expect server.fd*.1 bytes 5",
      options: ["--explain"].filter { _ in false })
    #expect(outcome.exitCode == 0, "\(outcome.errorText)\n\(outcome.text)")
    #expect(outcome.text.contains("\"socket\":\"client.fd"))
  }

  @Test("redis-server is watched while redis-cli talks to it")
  func redis() throws {
    let port = try Peer.freePort()
    let outcome = try Program.lab(
      "watch \"redis-server --port \(port) --bind 127.0.0.1 --save '' --daemonize no\" --as redis --no-io-uring",
      "wait redis listen", "watch \"redis-cli -p \(port) SET key value\" --as cli", "wait cli exit",
      "expect cli exit 0", "expect redis.fd*.1 data … \"SET\" …")
    #expect(outcome.exitCode == 0, "\(outcome.errorText)")
  }
}
