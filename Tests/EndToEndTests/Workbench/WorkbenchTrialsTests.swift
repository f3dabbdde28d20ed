import Foundation
import Testing

@Suite("Trials in a terminal")
struct WorkbenchTrialsTests {
  private static func terminal(
    _ arguments: [String], columns: Int = 80, rows: Int = 24
  ) throws -> (terminal: Tmux, home: Scratch) {
    let home = try Scratch()
    let terminal = try Tmux(
      workbench: arguments, columns: columns, rows: rows,
      environment: [
        "HOME": home.path, "XDG_CONFIG_HOME": home.path + "/config", "XDG_STATE_HOME": home.path + "/state",
      ])
    return (terminal, home)
  }

  private static func say(_ line: String, _ terminal: Tmux) throws {
    try terminal.command(line)
  }

  /// Closes the bars. An Escape with a key right behind it would be another key.
  private static func close(_ terminal: Tmux) throws {
    try terminal.press("Escape")
    try terminal.wait(forNo: "Esc closes")
  }

  /// The lab of a file, in play, with the words that tell that it is.
  private static func play(_ lab: String, until words: String, columns: Int = 80, rows: Int = 24) throws -> (
    terminal: Tmux, home: Scratch, file: Scratch
  ) {
    let scratch = try Scratch()
    let (terminal, home) = try terminal([try scratch.file("own.lab", lab)], columns: columns, rows: rows)
    try terminal.wait(for: words)
    return (terminal, home, scratch)
  }

  private struct Bar: Equatable {
    var sizes: [Int]
    var count: Int
    var isChosen: Bool
  }

  private static func bars(_ screen: String) -> [Bar] {
    screen.matches(of: #/│ (▸| ) ([0-9 ]+?) +([0-9]+) +[0-9.]+ %  /#).map { match in
      Bar(
        sizes: match.2.split(separator: " ").compactMap { Int($0) }, count: Int(match.3) ?? 0,
        isChosen: match.1 == "▸")
    }
  }

  @Test("Of a race every run is counted, and a bar leads to a run with its sizes, and back")
  func race() throws {
    let (terminal, home) = try Self.terminal(["recv-race"])
    defer { withExtendedLifetime(home) {} }
    try terminal.wait(for: "end of stream")
    try Self.say("trials 60", terminal)
    let screen = try terminal.wait(for: "█ 60 runs")
    let bars = Self.bars(screen)
    #expect(bars.map(\.count).reduce(0, +) == 60, "\(screen)")
    #expect(bars.map(\.count) == bars.map(\.count).sorted(by: >))
    #expect(bars.allSatisfy { $0.sizes.reduce(0, +) == 55 && $0.sizes.last == 0 })
    try terminal.press("G")
    let last = try #require(bars.last)
    try terminal.wait(for: "│ ▸ \(last.sizes.map(String.init).joined(separator: " ")) ")
    try terminal.press("Enter")
    let run = try terminal.wait(for: "run [0-9]+ of the trials; # goes back")
    #expect(try run.contains(Regex("recv-race run [0-9]+")) && run.contains("─ server.1 "))
    let got = run.matches(of: /recv +[0-9]+ [^│]* 10 +([0-9]+) [a-z]/).compactMap { Int($0.1) }
    #expect(got == last.sizes, "\(run)")
    try terminal.press("#")
    let back = Self.bars(try terminal.wait(for: "█ 60 runs"))
    #expect(back.first { $0.isChosen }?.sizes == last.sizes && back.map(\.count) == bars.map(\.count))
    try Self.close(terminal)
    // The run that is over can be left, and the lab be played once more.
    try terminal.press("C-r")
    try terminal.wait(for: "server +LISTEN|listen +server|recvscope  recv-race  ")
    try terminal.press("q", "y")
    #expect(try terminal.exitCode() == 0)
  }

  @Test("They are ended by a key, go on beside the screen and in any window, and what was counted stays")
  func stopping() throws {
    let lab = """
      listen 0 --as server --recv 10
      connect server --as client --mode manual
      send client "12345" 30ms close
      wait server.1 end
      expect server.1 recv 1
      """
    let (terminal, home, file) = try Self.play(lab, until: "line 5: expect server.1")
    defer { withExtendedLifetime((home, file)) {} }
    try Self.say("trials 1000", terminal)
    try terminal.wait(for: "[0-9]+ of 1 000 runs")
    for (columns, rows) in [(120, 36), (30, 8), (200, 60), (80, 24)] {
      try terminal.resize(columns: columns, rows: rows)
      try terminal.wait(for: "5 0 +[0-9]+ +100.0 %|5 0 +[0-9]+ ")
    }
    try terminal.press("Escape")
    try terminal.wait(for: "trials [0-9]+/1 000")
    try Self.say("trials 5", terminal)
    try terminal.wait(for: "trials are under way: # shows them, and \\^X there ends them")
    try terminal.press("#")
    try terminal.wait(for: "\\^X stops")
    try terminal.press("C-x")
    let screen = try terminal.wait(for: "stopped after [0-9]+ of 1 000 runs")
    let count = try #require(screen.firstMatch(of: /stopped after ([0-9]+) of/).flatMap { Int($0.1) })
    #expect(Self.bars(screen) == [Bar(sizes: [5, 0], count: count, isChosen: true)], "\(screen)")
    try Self.say("trials 2", terminal)
    try terminal.wait(for: "█ 2 runs")
    try Self.close(terminal)
    try terminal.press("q", "y")
    #expect(try terminal.exitCode() == 0)
  }

  @Test("A lab that waits for ever is ended where it is, and counts for nothing")
  func endless() throws {
    let lab = """
      listen 0 --as server
      connect server --as client
      wait server.1 end within 1h
      expect server.1 recv 1
      """
    let (terminal, home, file) = try Self.play(lab, until: "accept")
    defer { withExtendedLifetime((home, file)) {} }
    for _ in 0..<2 {
      try Self.say("trials 5", terminal)
      try terminal.wait(for: " 0 of 5 runs")
      try terminal.press("C-x")
      try terminal.wait(for: "stopped after 0 of 5 runs")
      try Self.close(terminal)
    }
    try terminal.press("q", "y")
    #expect(try terminal.exitCode() == 0)
  }

  @Test("Whoever leaves in the middle leaves no program running")
  func leaving() throws {
    let home = try Scratch()
    let pids = home.path + "/pids"
    let program = try home.file("program.sh", "echo $$ >> \(pids)\nexec sleep 600\n")
    let lab = "watch \"sh \(program)\" --as app\nwait app exit within 1h\nexpect app exit 0\n"
    let (terminal, state) = try Self.terminal([try home.file("own.lab", lab)])
    defer { withExtendedLifetime(state) {} }
    func started() -> [Int32] {
      let text = (try? String(contentsOfFile: pids, encoding: .utf8)) ?? ""
      return text.split(separator: "\n").compactMap { Int32($0) }
    }
    func waits(until holds: @escaping () -> Bool) -> Bool {
      Deadline(within: 20).poll { holds() ? true : nil } ?? false
    }
    #expect(waits { started().count == 1 })
    try Self.say("trials 5", terminal)
    try terminal.wait(for: " 0 of 5 runs")
    #expect(waits { started().count == 2 })
    try terminal.press("Escape")
    try terminal.wait(for: "trials 0/5")
    try terminal.press("q")
    try terminal.wait(for: "Leave\\?")
    try terminal.press("y")
    #expect(try terminal.exitCode() == 0)
    #expect(waits { started().allSatisfy { kill($0, 0) != 0 } })
  }

  @Test("An address that the shown run has is told, with what helps")
  func addressInUse() throws {
    let port = try Peer.freePort()
    let lab = """
      listen \(port) --as server
      connect server --as client
      send client "1" close
      wait server.1 end
      expect server.1 bytes 1
      """
    let (terminal, home, file) = try Self.play(lab, until: "line 5: 1 byte", columns: 120, rows: 36)
    defer { withExtendedLifetime((home, file)) {} }
    try Self.say("trials 3", terminal)
    try terminal.wait(for: "stopped after 0 of 3 runs")
    try terminal.wait(for: "line 1: bind .*\(port): EADDRINUSE")
    try terminal.wait(for: "write listen 0")
    try Self.close(terminal)
    try Self.say("close server", terminal)
    try terminal.wait(for: "close +server")
    try Self.say("trials 3", terminal)
    try terminal.wait(for: "█ 3 runs")
    try Self.close(terminal)
    try terminal.press("q", "y")
    #expect(try terminal.exitCode() == 0)
  }

  @Test("A sweep draws both series, and a size leads to a run with it")
  func sweep() throws {
    let lab = """
      listen 0 --as server
      connect server --as client --mode manual
      send client zeros(5000) close
      wait server.1 end
      expect server.1 recv 5000
      """
    let (terminal, home, file) = try Self.play(lab, until: "end of stream", columns: 120, rows: 36)
    defer { withExtendedLifetime((home, file)) {} }
    try Self.say("trials 2 recv=10,100,1k", terminal)
    let screen = try terminal.wait(for: "█ 6 runs, 2 with each of 3 sizes")
    #expect(screen.contains("● bytes") && screen.contains("○ calls") && screen.contains("▲"))
    try terminal.wait(for: "^│ +10  server.1 .* 1 00[0-9] +2 ")
    try terminal.press("Right", "Right")
    try terminal.wait(for: "^│ +1k  server.1 ")
    try terminal.press("Enter")
    try terminal.wait(for: "own.lab run 3 ")
    try terminal.wait(for: "recv\\(1024\\) blocking")
    try terminal.press("q")
    #expect(try terminal.exitCode() == 0)
  }

  @Test("A lesson is tried with nobody to answer it")
  func lesson() throws {
    let (terminal, home) = try Self.terminal(["first-recv"])
    defer { withExtendedLifetime(home) {} }
    try terminal.wait(for: "Question 1 of 3")
    try Self.say("trials 3", terminal)
    let screen = try terminal.wait(for: "█ 3 runs")
    #expect(Self.bars(screen) == [Bar(sizes: [5, 10, 10, 10, 10, 10, 0], count: 3, isChosen: true)])
    try terminal.press("Escape")
    try terminal.wait(for: "Question 1 of 3")
    try terminal.press("q", "y")
    #expect(try terminal.exitCode() == 0)
  }

  @Test("What cannot be done is told, and what was typed stays")
  func mistakes() throws {
    let (terminal, home) = try Self.terminal(["recv-returns"])
    defer { withExtendedLifetime(home) {} }
    try terminal.wait(for: "end of stream")
    for (line, words) in [
      ("trials 0", "at least 1"), ("trials x", "expected a number of runs"),
      ("trials 10 recv=0", "a size is at least 1"), ("trials", "expected a number of runs"),
    ] {
      try Self.say(line, terminal)
      try terminal.wait(for: words)
      try terminal.wait(for: "^│ : \(line) ")
      try terminal.press("Escape")
      try terminal.wait(forNo: words)
    }
    try terminal.press("q", "y")
    #expect(try terminal.exitCode() == 0)
  }

  @Test(
    "Where there is nothing to count it says what is missing",
    arguments: [([], "no lab was played here"), (["-e", "listen 0"], "the lab has no `expect`")])
  func nothing(arguments: [String], words: String) throws {
    let (terminal, home) = try Self.terminal(arguments)
    defer { withExtendedLifetime(home) {} }
    try terminal.wait(for: "q quit")
    try Self.say("trials 5", terminal)
    try terminal.wait(for: words)
  }
}
