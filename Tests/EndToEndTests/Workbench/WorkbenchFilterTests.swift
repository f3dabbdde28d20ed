import Testing

@Suite("A condition in a terminal")
struct WorkbenchFilterTests {
  @Test("& hides rows, and Escape shows them again")
  func workbench() throws {
    let home = try Scratch()
    let terminal = try Tmux(
      workbench: ["recv-returns"],
      environment: [
        "HOME": home.path, "XDG_CONFIG_HOME": home.path + "/config", "XDG_STATE_HOME": home.path + "/state",
      ])
    try terminal.wait(for: "end of stream")
    try terminal.press("&")
    try terminal.wait(for: "where ▸")
    try terminal.enter("why=eof")
    try terminal.wait(for: "where why=eof")
    try terminal.press("Escape")
    try terminal.wait(for: "Everything, in the order it happened")
    try terminal.press("q", "y")
    #expect(try terminal.exitCode() == 0)
  }
}
