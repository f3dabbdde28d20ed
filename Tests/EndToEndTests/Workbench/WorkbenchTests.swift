import Foundation
import Testing

@Suite("The workbench in a terminal")
struct WorkbenchTests {
  /// A home of its own, so that no configuration of the user changes what is drawn.
  private static func terminal(
    _ arguments: [String] = ["recv-returns"], columns: Int = 120, rows: Int = 36,
    environment: [String: String] = [:]
  ) throws -> (terminal: Tmux, home: Scratch) {
    let home = try Scratch()
    var variables = [
      "HOME": home.path, "XDG_CONFIG_HOME": home.path + "/config", "XDG_STATE_HOME": home.path + "/state",
    ]
    variables.merge(environment) { $1 }
    return (try Tmux(workbench: arguments, columns: columns, rows: rows, environment: variables), home)
  }

  @Test("The lab's calls are rows within the first look", arguments: [(80, 24), (120, 36), (200, 60)])
  func rows(columns: Int, rows: Int) throws {
    let (terminal, home) = try Self.terminal(columns: columns, rows: rows)
    defer { withExtendedLifetime(home) {} }
    let screen = try terminal.wait(for: "recv +7 .* end of stream")
    #expect(screen.contains("recv-returns"))
    try terminal.press("q", "y")
    #expect(try terminal.exitCode() == 0)
    #expect(try terminal.state("#{alternate_on}#{mouse_any_flag}#{bracket_paste_flag}").hasPrefix("00"))
  }

  @Test("A new user opens a listener, connects, sends a burst, and finds why a recv returned 10")
  func firstSteps() throws {
    let (terminal, home) = try Self.terminal([])
    defer { withExtendedLifetime(home) {} }
    try terminal.wait(for: "No socket is open yet")
    try terminal.command("listen 0 --recv 10")
    try terminal.wait(for: "server +LISTEN")
    try terminal.command("connect server")
    try terminal.wait(for: "client +ESTAB")
    try terminal.press("n", "n", "n", "n", "s")
    try terminal.wait(for: "send client ▸")
    try terminal.type("\"12345\" 100ms \"a\"*50")
    try terminal.wait(for: "5 B, pause 100 ms, 50 B: 2 sends in 100 ms")
    try terminal.press("Enter")
    try terminal.press("p")
    try terminal.wait(for: "recv +6 ")
    try terminal.press("k", "k", "k", "i")
    try terminal.wait(for: "its buffer is full")
    try terminal.press("q", "y")
    #expect(try terminal.exitCode() == 0)
  }

  @Test("Mistakes are shown where they are, and what was typed stays")
  func mistakes() throws {
    let (terminal, home) = try Self.terminal([])
    defer { withExtendedLifetime(home) {} }
    try terminal.wait(for: "No socket is open yet")
    try terminal.command("lisen 9000")
    try terminal.wait(for: "\\^ unknown command lisen")
    try terminal.wait(for: ": lisen 9000")
    try terminal.press("Escape")
    // Escape and a key at once would be Alt with that key.
    try terminal.wait(forNo: "lisen")
    try terminal.command("connect 127.0.0.1:1")
    try terminal.wait(for: "ECONNREFUSED")
    try terminal.press("q", "y")
    #expect(try terminal.exitCode() == 0)
  }

  @Test(
    "Every byte value, escape sequences across chunks, C1, bidi and invalid UTF-8 leave the terminal as it was"
  )
  func hostile() throws {
    let burst =
      "count(256) 5ms \"A\\x1b\" 5ms \"[31m[2J\\x9b\" 5ms \"31m\\x1b]0;evil\\x07\\xc3\" 5ms \"\\u{202e}\\u{200b}\\xff\\xe4\\xb8\""
    let (terminal, home) = try Self.terminal([
      "-e", "listen 0 --as server --recv 4096", "-e", "connect server --as client", "-e",
      "send client \(burst)",
      "-e", "wait server.1 bytes 288",
    ])
    defer { withExtendedLifetime(home) {} }
    // How many chunks these make is a race; how many bytes is not.
    try terminal.wait(for: "recv +288 B")
    let before = try terminal.state("#{pane_title}")
    for key in ["n", "n", "i", "b", "u", "b", "u", "b", "u"] { try terminal.press(key) }
    let bytes = try terminal.wait(for: "received by server.1")
    // Beside the inspector the lanes stand in place of the bytes.
    for key in ["v", "v"] { try terminal.press(key) }
    let screen = try terminal.wait(for: "to scale")
    #expect(screen.split(separator: "\n", omittingEmptySubsequences: false).count >= 36)
    #expect(screen.contains("? help"))
    #expect(
      !(bytes + screen).unicodeScalars.contains {
        $0.value == 0x202e || $0.value == 0x200b || (0x80..<0xa0).contains($0.value)
      })
    #expect(try terminal.state("#{pane_title}") == before)
    try terminal.press("q", "y")
    #expect(try terminal.exitCode() == 0)
  }

  @Test(
    "A signal ends the workbench and leaves the terminal as it was",
    arguments: [
      (SIGTERM, 143), (SIGHUP, 129), (SIGINT, 130), (SIGQUIT, 131), (SIGSEGV, 139), (SIGABRT, 134),
    ])
  func signals(signal: Int32, status: Int) throws {
    let (terminal, home) = try Self.terminal()
    defer { withExtendedLifetime(home) {} }
    try terminal.wait(for: "end of stream")
    kill(try Self.program(of: terminal), signal)
    #expect(try terminal.exitCode() == status)
    #expect(try terminal.state("#{alternate_on}#{cursor_flag}#{mouse_any_flag}") == "010")
  }

  @Test(
    "It stops and goes on, and is drawn again at the size it finds then",
    arguments: ["tmux-256color", "linux"])
  func suspend(term: String) throws {
    let (terminal, home) = try Self.terminal(environment: ["TERM": term])
    defer { withExtendedLifetime(home) {} }
    try terminal.wait(for: "end of stream")
    let program = try Self.program(of: terminal)
    try terminal.press("C-z")
    let stopped = Deadline(within: 20).poll { Self.state(program) == "T" ? true : nil }
    #expect(stopped == true)
    #expect(try terminal.state("#{alternate_on}") == "0")
    try terminal.resize(columns: 90, rows: 28)
    kill(program, SIGCONT)
    try terminal.wait(for: "^└.*q quit ─┘$")
    let screen = try terminal.wait(for: "end of stream")
    #expect(screen.split(separator: "\n").dropFirst().first?.count == 90)
    try terminal.press("q", "y")
    #expect(try terminal.exitCode() == 0)
  }

  @Test("A storm of sizes ends in the right picture")
  func resize() throws {
    let (terminal, home) = try Self.terminal()
    defer { withExtendedLifetime(home) {} }
    try terminal.wait(for: "end of stream")
    for step in 0..<20 { try terminal.resize(columns: 40 + step * 7 % 100, rows: 10 + step * 3 % 40) }
    try terminal.resize(columns: 100, rows: 30)
    let screen = try terminal.wait(for: "^└─ : command.{70,90}q quit ─┘$")
    #expect(
      screen.split(separator: "\n").filter { $0.hasPrefix("│") || $0.hasPrefix("├") }.allSatisfy {
        $0.count == 100
      })
    try terminal.press("q", "y")
    #expect(try terminal.exitCode() == 0)
  }

  @Test(
    "Without a screen there is one line that says why",
    arguments: [
      ("dumb", "cannot move its cursor"), ("no-such-terminal", "is not in this machine's terminfo"),
      ("", "TERM is not set"),
    ])
  func noScreen(term: String, message: String) throws {
    let (terminal, home) = try Self.terminal(environment: ["TERM": term])
    defer { withExtendedLifetime(home) {} }
    #expect(try terminal.exitCode() == 2)
    let joined = try terminal.screen().split(separator: "\n").joined()
    #expect(joined.contains(message))
  }

  @Test(
    "Terminals of all kinds show the same words",
    arguments: ["xterm-256color", "tmux-256color", "screen", "linux", "vt100"])
  func terminals(term: String) throws {
    let (terminal, home) = try Self.terminal(environment: ["TERM": term, "LC_ALL": "C"])
    defer { withExtendedLifetime(home) {} }
    try terminal.wait(for: "recv +7 .* end of stream")
    try terminal.press("q", "y")
    #expect(try terminal.exitCode() == 0)
    // The shell's prompt comes where the bottom line was.
    #expect(try !terminal.screen().contains("└─ :"))
  }

  @Test("A key that the terminal has and the workbench has not is no end of input", arguments: 25...27)
  func unknownKey(number: Int) throws {
    let (terminal, home) = try Self.terminal(environment: ["TERM": "xterm-256color"])
    defer { withExtendedLifetime(home) {} }
    try terminal.wait(for: "end of stream")
    // Control with F1 to F3, which terminfo counts as F25 to F27.
    try terminal.send(bytes: Array("\u{1b}[1;5\(["P", "Q", "R"][number - 25])".utf8))
    try terminal.press("?")
    try terminal.wait(for: "PgDn scroll")
    try terminal.press("q", "q", "y")
    #expect(try terminal.exitCode() == 0)
  }

  @Test("The mouse chooses a row, and the wheel scrolls")
  func mouse() throws {
    let (terminal, home) = try Self.terminal()
    defer { withExtendedLifetime(home) {} }
    try terminal.wait(for: "end of stream")
    try terminal.send(bytes: Array("\u{1b}[<0;40;4M\u{1b}[<0;40;4m".utf8))
    try terminal.wait(for: "^│ ▾ server .*│▸")
    try terminal.press("q", "y")
    #expect(try terminal.exitCode() == 0)
  }

  @Test("A selection across chunks goes to a file of the user's alone, and to none that is there already")
  func copyToFile() throws {
    let (terminal, home) = try Self.terminal([
      "-e", "listen 0 --as server --recv 10", "-e", "connect server --as client",
      "-e", "send client count(256) 5ms \"%{n}\\x1b\\xff\"*3", "-e", "wait server.1 bytes 265",
    ])
    defer { withExtendedLifetime(home) {} }
    try terminal.wait(for: "recv +265 B")
    try terminal.press("n", "n", "g", "Tab", "g", "Right", "Right", "V")
    for _ in 0..<3 { try terminal.press("S-Down") }
    try terminal.press("S-Right")
    // Three lines of 16, and one byte; a chunk is 10.
    let last = 51
    try terminal.wait(for: "selecting 2–\(last), \(last - 1) B")
    let file = home.path + "/bytes"
    func save() throws {
      try terminal.press("y")
      try terminal.type("raw")
      try terminal.press("Enter")
      try terminal.wait(for: "as raw bytes to the file ▸")
      try terminal.enter(file)
    }
    try save()
    try terminal.wait(for: "wrote \(last - 1) B as raw bytes")
    #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == Data((2...last).map { UInt8($0) }))
    let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    try "mine".write(toFile: file, atomically: false, encoding: .utf8)
    try save()
    try terminal.wait(for: "is there already and stays as it is")
    try terminal.wait(for: "raw bytes to the file ▸ .*/bytes")
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "mine")
    try terminal.enter("/x")
    try terminal.wait(for: "/bytes/x: Not a directory")
    try terminal.press("C-u")
    try terminal.enter("~/again")
    try terminal.wait(for: "wrote \(last - 1) B")
    #expect(FileManager.default.contents(atPath: home.path + "/again")?.count == last - 1)
    try terminal.press("q", "y")
    #expect(try terminal.exitCode() == 0)
  }

  /// The program itself: the child of the terminal's shell.
  private static func program(of terminal: Tmux) throws -> Int32 {
    let shell = try terminal.pid()
    let children = try String(contentsOfFile: "/proc/\(shell)/task/\(shell)/children", encoding: .utf8)
    return try #require(children.split(separator: " ").first.flatMap { Int32($0) })
  }

  /// The letter of a process's state in /proc/PID/stat.
  private static func state(_ pid: Int32) -> Character? {
    let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
    return text?.split(separator: ")").last?.first { $0 != " " }
  }
}
