import Foundation
import Testing

@Suite("A lesson in a terminal")
struct WorkbenchLessonTests {
  private static func terminal(
    _ arguments: [String], columns: Int = 80, rows: Int = 24
  ) throws -> (terminal: Tmux, home: Scratch) {
    let home = try Scratch()
    let terminal = try Tmux(
      [Program.path] + arguments, columns: columns, rows: rows,
      environment: [
        "HOME": home.path, "XDG_CONFIG_HOME": home.path + "/config", "XDG_STATE_HOME": home.path + "/state",
      ])
    return (terminal, home)
  }

  private static func progress(_ home: Scratch) throws -> String {
    try String(contentsOfFile: home.path + "/state/recvscope/lessons", encoding: .utf8)
  }

  @Test("Chosen from the list, played to its end with right and wrong answers, kept, and played again")
  func whole() throws {
    let (terminal, home) = try Self.terminal([])
    try terminal.wait(for: "What do you want to see")
    try terminal.type("first-r")
    try terminal.press("Enter")
    try terminal.wait(for: "What does the server's first recv\\(10\\) return")
    #expect(try terminal.screen().contains("0 sockets"))
    // A class of four, of which one is right, talks about it.
    for key in ["2", "2", "3", "1", "Enter"] { try terminal.press(key) }
    try terminal.wait(for: "This is how you are split")
    #expect(try !terminal.screen().contains("happened  ▐"))
    try terminal.press("Enter")
    try terminal.wait(for: "Talk about it")
    for key in ["Enter", "1", "1", "1", "2", "Enter", "Enter"] { try terminal.press(key) }
    try terminal.wait(for: "happened  ▐5▌")
    try terminal.wait(for: "3 of 4 said so, 1 before they talked")
    // The row that tells it is under the cursor.
    try terminal.wait(for: "▸ recv +1 ")
    try terminal.press("Enter")
    try terminal.wait(for: "How many recv\\(10\\) calls")
    for key in ["1", "Enter"] { try terminal.press(key) }
    try terminal.wait(for: "It was choice 2, not 1")
    try terminal.press("Enter")
    try terminal.wait(for: "What does this last recv\\(10\\) return")
    // Back: the lab runs again, quickly, up to the question before.
    try terminal.press(",")
    try terminal.wait(for: "Question 2 of 3")
    try terminal.wait(for: "1 to 3: one press")
    for key in ["2", "Enter"] { try terminal.press(key) }
    try terminal.wait(for: "It was choice 2, as you said")
    for key in ["Enter", "."] { try terminal.press(key) }
    try terminal.wait(for: "The end. 2 of 3 predicted right")
    #expect(try Self.progress(home).contains("\nfirst-recv 1 2 3 2\n"))
    try terminal.press("C-r")
    try terminal.wait(for: "Question 1 of 3")
    try terminal.wait(for: "0 sockets")
    try terminal.press("L")
    try terminal.wait(for: "When does recv.10. return.*2 of 3 right")
    try terminal.press("Escape")
    try terminal.wait(forNo: "What do you want to see")
    // In the middle of a question.
    try terminal.press("q", "y")
    #expect(try terminal.exitCode() == 0)
    let mode = try FileManager.default.attributesOfItem(atPath: home.path + "/state/recvscope/lessons")
    #expect(mode[.posixPermissions] as? Int == 0o600)
    let state = ["XDG_STATE_HOME": home.path + "/state"]
    let list = try Child([Program.path, "labs"], environment: state).wait()
    #expect(list.text.contains("[2 of 3 right]"))
    #expect(
      try Child([Program.path, "labs", "--reset", "first-recv"], environment: state).wait().exitCode == 0)
    #expect(try !Self.progress(home).contains("\nfirst-recv"))
  }

  @Test("A window that is too small says what it needs, and a resize while a question stands changes nothing")
  func resize() throws {
    let (terminal, home) = try Self.terminal(["nothing-there"])
    defer { withExtendedLifetime(home) {} }
    try terminal.wait(for: "What does recv\\(10\\) do")
    try terminal.press("1")
    try terminal.wait(for: "1 hand, for 1")
    try terminal.resize(columns: 40, rows: 12)
    try terminal.wait(for: "needs a window of 46×16")
    try terminal.press("2")
    for (columns, rows) in [(200, 60), (120, 36), (46, 16), (80, 24)] {
      try terminal.resize(columns: columns, rows: rows)
      try terminal.wait(for: "Question 1 of 4")
    }
    try terminal.wait(for: "1 hand, for 1")
    #expect(try !terminal.screen().contains("2 hands"))
  }

  @Test("A lesson that is left in the middle leaves nothing open: the next one takes its port")
  func left() throws {
    let scratch = try Scratch()
    let port = try Peer.freePort()
    let lesson = try scratch.file(
      "port.lab",
      "listen \(port) --as server\nask \"Q\" 1 | 2\nwait server.1 recv 1 within 60s\nreveal by server bytes because \"x\"\n"
    )
    let (terminal, home) = try Self.terminal([lesson])
    defer { withExtendedLifetime(home) {} }
    try terminal.wait(for: "Question 1 of 1")
    for _ in 0..<3 {
      try terminal.press("1")
      try terminal.press("Enter")
      try terminal.wait(for: "server +LISTEN|listen +server")
      try terminal.press("C-r")
      try terminal.wait(for: "1 to 2: one press")
    }
    #expect(try !terminal.screen().contains("EADDRINUSE"))
  }

  @Test("again plays a lab with other values in the same window")
  func again() throws {
    let (terminal, home) = try Self.terminal(["recv-returns"], columns: 120, rows: 36)
    defer { withExtendedLifetime(home) {} }
    try terminal.wait(for: "recv +7 .* end of stream")
    try terminal.command("again --recv 4")
    try terminal.wait(for: "recv-returns --recv 4")
    try terminal.wait(for: "recv +16 .* end of stream")
    try terminal.press("C-r")
    try terminal.wait(for: "recv +7 .* end of stream")
    #expect(try !terminal.screen().contains("--recv 4"))
    try terminal.press("q", "y")
    #expect(try terminal.exitCode() == 0)
  }
}
