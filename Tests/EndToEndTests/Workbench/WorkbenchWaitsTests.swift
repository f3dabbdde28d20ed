import Testing

@Suite("Calls that wait, in a terminal")
struct WorkbenchWaitsTests {
  @Test("A send that blocks is seen while it does, and gone when it has returned; a recv that waits stays")
  func blocked() throws {
    let terminal = try Tmux(
      workbench: [
        "-e", "listen 0 --as server --paused --rcvbuf 4k --recv 64k", "-e",
        "connect server --as client --sndbuf 4k", "-e", "send client zeros(256k)",
      ], columns: 80, rows: 24)
    try terminal.wait(for: "send +1 +client +waits [0-9.]+ m?s, peer's window full: [0-9 ]+ of 262 144 taken")
    try terminal.wait(for: "recv +1 +client +recv\\(4096\\) waits since 0\\.")
    try terminal.command("resume server.1")
    try terminal.wait(forNo: "peer's window full")
    try terminal.wait(for: "recv +[0-9]+ +server\\.1 +recv\\(65536\\) waits since")
  }
}
