import Testing

@Suite("Finding and statistics in a terminal")
struct WorkbenchFindTests {
  private func terminal() throws -> Tmux {
    let home = try Scratch()
    let terminal = try Tmux(
      workbench: ["recv-returns"],
      environment: [
        "HOME": home.path, "XDG_CONFIG_HOME": home.path + "/config", "XDG_STATE_HOME": home.path + "/state",
      ])
    try terminal.wait(for: "end of stream")
    return terminal
  }

  @Test("/ finds beside the screen, what comes later too, n and N go on, and Escape ends it")
  func find() throws {
    let terminal = try terminal()
    try terminal.press("/")
    try terminal.wait(for: "find in all ▸")
    try terminal.type("345")
    try terminal.press("Enter")
    try terminal.wait(for: "\"345\" at 00000002, match 1 of 2, from the beginning again")
    try terminal.press("n")
    try terminal.wait(for: "match 2 of 2")
    try terminal.press("N")
    try terminal.wait(for: "match 1 of 2")
    for (line, shown) in [
      ("listen 0 --as more", "more +LISTEN"), ("connect more --as other", "other +ESTAB"),
      // Across two chunks, sent and received.
      ("send other \"13\" 10ms \"45\"", "burst 2: 2 sends"),
    ] {
      try terminal.command(line)
      try terminal.wait(for: shown)
    }
    try terminal.press("n")
    try terminal.wait(for: "match 2 of 4")
    try terminal.press("Escape")
    try terminal.wait(for: "view is held")
    try terminal.press("q", "y")
    #expect(try terminal.exitCode() == 0)
  }

  @Test("% and : stats show statistics, and Escape closes them")
  func statistics() throws {
    let terminal = try terminal()
    try terminal.press("%")
    try terminal.wait(for: "7 recv 55 B, 2 send 55 B in [0-9]")
    try terminal.press("Escape")
    try terminal.wait(for: "Everything, in the order it happened")
    try terminal.command("stats server.1")
    try terminal.wait(for: "Statistics of server.1")
    try terminal.wait(for: "7 recv 55 B in [0-9]")
    try terminal.press("Escape")
    try terminal.wait(for: "Everything, in the order it happened")
    try terminal.press("q", "y")
    #expect(try terminal.exitCode() == 0)
  }
}
