import Testing

@Suite("A relay in a terminal")
struct WorkbenchRelayTests {
  @Test("It is opened by a command, held by a key, and lets go what it is told to")
  func byHand() throws {
    let terminal = try Tmux(
      workbench: ["-e", "listen 0 --as server", "-e", "connect server --as other"], columns: 120, rows: 40)
    try terminal.wait(for: "server.1 +ESTAB")
    try terminal.command("relay 0 server --as r")
    try terminal.wait(for: "  r +LISTEN")
    try terminal.command("connect r --as client")
    try terminal.wait(for: "  1\\.target +ESTAB")
    // everything, server, its two connections, other, r, r.1.client
    try terminal.press("n", "n", "n", "n", "n", "n")
    try terminal.wait(for: "▸ +1\\.client")
    try terminal.press("H")
    try terminal.wait(for: "1\\.client .*HELD")
    try terminal.command("send client \"one\" 30ms \"two\"")
    try terminal.wait(for: "recv +2 ")
    try terminal.press("i")
    try terminal.wait(for: "held +1 \"one\" · 2 \"two\"")
    try terminal.command("release r.1 up 2")
    try terminal.wait(for: "held +1 \"one\"$|held +1 \"one\" ")
    try terminal.command("drop r.1 up 5")
    try terminal.wait(for: "there is no piece 5: 1 wait")
    try terminal.press("H")
    try terminal.wait(for: "1\\.client .*ESTAB")
    // Both pieces have come to the server, in two recv calls.
    try terminal.wait(for: "server\\.2 .*ESTAB +2")
  }
}
