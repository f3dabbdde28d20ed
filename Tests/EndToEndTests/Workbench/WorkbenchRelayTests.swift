import Testing

@Suite("A relay in a terminal")
struct WorkbenchRelayTests {
  @Test("It is opened by a command, held by a key, and lets go what it is told to")
  func byHand() throws {
    let terminal = try Tmux(
      workbench: ["-e", "listen 0 --as server", "-e", "connect server --as other"], columns: 120, rows: 40)
    try terminal.wait(for: "server.1 +ESTAB")
    func command(_ text: String) throws {
      try terminal.press(":")
      try terminal.type(text)
      // An Enter that came in one piece with the line would be part of a paste.
      try terminal.wait(for: ": [^│]*\(text.suffix(6)) +│")
      try terminal.press("Enter")
    }
    try command("relay 0 server --as r")
    try terminal.wait(for: "  r +LISTEN")
    try command("connect r --as client")
    try terminal.wait(for: "  1\\.target +ESTAB")
    // everything, server, its two connections, other, r, r.1.client
    try terminal.press("n", "n", "n", "n", "n", "n")
    try terminal.wait(for: "▸ +1\\.client")
    try terminal.press("H")
    try terminal.wait(for: "1\\.client .*HELD")
    try command("send client \"one\" 30ms \"two\"")
    try terminal.wait(for: "recv +2 ")
    try terminal.press("i")
    try terminal.wait(for: "held +1 \"one\" · 2 \"two\"")
    try command("release r.1 up 2")
    try terminal.wait(for: "held +1 \"one\"$|held +1 \"one\" ")
    try command("drop r.1 up 5")
    try terminal.wait(for: "there is no piece 5: 1 wait")
    try terminal.press("H")
    try terminal.wait(for: "1\\.client .*ESTAB")
    // Both pieces have come to the server, in two recv calls.
    try terminal.wait(for: "server\\.2 .*ESTAB +2")
  }
}
