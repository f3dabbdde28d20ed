import Foundation
import Testing

@Suite("Before a class, in a terminal")
struct WorkbenchProjectorTests {
  private static func terminal(
    _ arguments: [String], _ environment: [String: String] = [:]
  ) throws -> (terminal: Tmux, home: Scratch) {
    let home = try Scratch()
    let terminal = try Tmux(
      [Program.path] + arguments, columns: 80, rows: 24,
      environment: environment.merging([
        "HOME": home.path, "XDG_CONFIG_HOME": home.path + "/config", "XDG_STATE_HOME": home.path + "/state",
      ]) { $1 })
    return (terminal, home)
  }

  /// The paper of what is written is white.
  private static func isWhite(_ terminal: Tmux) throws -> Bool {
    try terminal.screen(withEscapes: true).firstRange(of: /48;5;231m/) != nil
  }

  @Test("Big print shows a whole experiment, and one key the lanes in place of its bytes")
  func lanes() throws {
    let (terminal, home) = try Self.terminal(["recv-returns", "--big"])
    defer { withExtendedLifetime(home) {} }
    try terminal.wait(for: "recv +7 .* end of stream")
    // What was closed is told beside what was received, in any order.
    let screen = try terminal.wait(for: " close ")
    for row in ["listen", "connect", "accept", "send +1", "recv +1", "send +2", "recv +6", "close"] {
      #expect(screen.range(of: " \(row) .*", options: .regularExpression) != nil, "\(row)\n\(screen)")
    }
    #expect(screen.contains("Bytes received") && !screen.contains(" late") && !screen.contains("expect"))
    for title in ["pauses cut short", "to scale", "by offset"] {
      try terminal.press("v")
      try terminal.wait(for: "Lanes .*\(title)")
    }
    try terminal.wait(for: "server.1 recv")
    #expect(try !terminal.screen().contains("Bytes received"))
    try terminal.press("v")
    try terminal.wait(for: "Bytes received")
    try terminal.press("x")
    try terminal.wait(for: "line 16: .12345")
    try terminal.press("q", "y")
    #expect(try terminal.exitCode() == 0)
  }

  @Test("A key goes through the themes and comes back, and paints all of the window")
  func themes() throws {
    let (terminal, home) = try Self.terminal(
      ["recv-returns", "--theme", "light"], ["TERM": "tmux-256color", "NO_COLOR": ""])
    defer { withExtendedLifetime(home) {} }
    try terminal.wait(for: "recv +7 .* end of stream")
    // White paper whatever the terminal's own is.
    #expect(try Self.isWhite(terminal))
    for name in ["monochrome", "sixteen", "colour-blind", "dark", "high-contrast", "light"] {
      try terminal.press("d")
      try terminal.wait(for: "theme \(name): ")
      #expect(try Self.isWhite(terminal) == (name == "light"), "\(name)")
    }
    try terminal.press("q", "y")
    #expect(try terminal.exitCode() == 0)
  }

  @Test("Without colour the key says that attributes alone are shown")
  func noColor() throws {
    let (terminal, home) = try Self.terminal(["recv-returns"], ["NO_COLOR": "1"])
    defer { withExtendedLifetime(home) {} }
    try terminal.wait(for: "recv +7 .* end of stream")
    try terminal.press("d")
    try terminal.wait(for: "theme high-contrast: Attributes alone")
  }

  @Test(
    "A lesson is read and seen at 80×24 in big print: its question whole, then the row that tells it among its causes",
    arguments: ["light", "high-contrast"])
  func lesson(theme: String) throws {
    let (terminal, home) = try Self.terminal(["first-recv", "--big", "--theme", theme])
    defer { withExtendedLifetime(home) {} }
    try terminal.wait(for: "Press 1 to 3: one press")
    let asked = try terminal.screen()
    for text in ["first recv.10. return", "1  5: what is there", "2  10: it waits", "3  55: all of it"] {
      #expect(asked.range(of: text, options: .regularExpression) != nil, "\(text)\n\(asked)")
    }
    for key in ["2", "Enter"] { try terminal.press(key) }
    try terminal.wait(for: "Talk about it")
    try terminal.press("Enter")
    try terminal.wait(for: "Once more: 1 to 3")
    for key in ["1", "Enter"] { try terminal.press(key) }
    try terminal.wait(for: "It was choice 1, as you said")
    try terminal.wait(for: "▸ recv +1 ")
    let told = try terminal.screen()
    for row in ["send +1 .*accepted ", "send +2 .*accepted", "recv.2."] {
      #expect(told.range(of: row, options: .regularExpression) != nil, "\(row)\n\(told)")
    }
    let rows = told.split(separator: "\n").map(String.init)
    let place = try #require(rows.firstIndex { $0.contains("▸ recv ") })
    let cause = try #require(rows.firstIndex { $0.contains(" send ") })
    #expect(cause < place, "the send stands above what it fed\n\(told)")
    #expect(!told.contains(" late") && !told.contains("↓ more"))
    try terminal.press("Enter")
    try terminal.wait(for: "How many recv.10. calls")
    for key in ["1", "Enter"] { try terminal.press(key) }
    try terminal.wait(for: "It was choice 2, not 1")
    try terminal.press("v")
    try terminal.wait(for: "─ Lanes by time")
    #expect(try terminal.screen().contains("It was choice 2, not 1"))
    try terminal.press("v", "v", "v")
    try terminal.wait(forNo: "─ Lanes by")
    try terminal.press("Enter")
    try terminal.wait(for: "this last recv.10. return")
    for key in ["1", "Enter"] { try terminal.press(key) }
    try terminal.wait(for: "It was choice 1, as you said")
    try terminal.press("Enter")
    try terminal.wait(for: "The end. 2 of 3")
    try terminal.press("q", "y")
    #expect(try terminal.exitCode() == 0)
  }
}
