import Foundation
import Testing

@Suite("What is typed or pasted in a terminal")
struct WorkbenchTypingTests {
  private let home: Scratch

  init() throws { home = try Scratch() }

  private func start(_ arguments: [String]) throws -> Tmux {
    try Tmux(
      workbench: arguments,
      environment: [
        "HOME": home.path, "XDG_CONFIG_HOME": home.path + "/config", "XDG_STATE_HOME": home.path + "/state",
      ])
  }

  @Test("Letters that come at once run no keys, whether the terminal marks a paste or not")
  func pastes() throws {
    let terminal = try start(["recv-returns"])
    try terminal.wait(for: "end of stream")
    for paste in ["quit now\rquit now\r", "\u{1b}[200~qy\rqy\u{1b}[201~"] {
      try terminal.send(bytes: Array(paste.utf8))
      try terminal.wait(for: "what is pasted is not taken for keys")
      // A letter so soon behind it would belong to it; an arrow does not.
      try terminal.press("Up", "?")
      try terminal.wait(for: "PgDn scroll")
      try terminal.press("q")
      try terminal.wait(for: "end of stream")
    }
    try terminal.send(bytes: Array(":mark pasted\r".utf8))
    try terminal.wait(for: ": mark pasted")
    // The arrows hold the view: its row may be below.
    try terminal.press("Enter", "G")
    try terminal.wait(for: "mark .*pasted")
    try terminal.press("q", "y")
    #expect(try terminal.exitCode() == 0)
  }

  @Test("A send prompt that is refused is a prompt, and what is typed into it no keys")
  func refused() throws {
    let terminal = try start([])
    try terminal.wait(for: "No socket is open yet")
    try terminal.press("s")
    try terminal.wait(for: "no open connection to send on")
    try terminal.type("quit")
    try terminal.press("Enter")
    try terminal.wait(for: "unknown step quit")
    try terminal.press("C-c", "q")
    #expect(try terminal.exitCode() == 0)
  }

  @Test("The size of a file is told before it is sent, and what is no file")
  func files() throws {
    let file = try home.file("data.bin", "12345")
    #expect(mkfifo(home.path + "/fifo", 0o600) == 0)
    let terminal = try start(["-e", "listen 0", "-e", "connect server"])
    try terminal.wait(for: "client +ESTAB")
    try terminal.press("s")
    try terminal.wait(for: "send .* ▸")
    try terminal.type("@\(file)")
    try terminal.wait(for: "└ 5 B: 1 send; @.*/data.bin has 5 B")
    try terminal.press("C-u")
    try terminal.type("@\(home.path)/nothing")
    try terminal.wait(for: "nothing: No such file or directory")
    try terminal.press("C-u")
    try terminal.type("@\(home.path)/fifo")
    try terminal.wait(for: "fifo: is no regular file")
    try terminal.press("C-c", "C-c", "C-c")
    #expect(try terminal.exitCode() == 0)
  }

  @Test("Leaving asks where something is lost, and a setting says never")
  func leaving() throws {
    let terminal = try start(["-e", "listen 0"])
    try terminal.wait(for: "server +LISTEN")
    try terminal.press("q")
    try terminal.wait(for: "Leave\\? .*closes 1 open socket")
    try terminal.press("n")
    try terminal.wait(forNo: "Leave")
    try terminal.press("C-c", "C-c")
    #expect(try terminal.exitCode() == 0)

    let folder = home.path + "/config/recvscope"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    _ = try home.file("config/recvscope/config.toml", "confirm-quit = \"never\"")
    let hasty = try start(["-e", "listen 0"])
    try hasty.wait(for: "server +LISTEN")
    try hasty.press("q")
    #expect(try hasty.exitCode() == 0)
  }
}
