import Foundation
import Testing

@Suite("Watched programs in a terminal")
struct WorkbenchWatchTests {
  private static let python = "/usr/bin/python3"

  private static let asking = """
    import os, shutil, signal
    signal.signal(signal.SIGWINCH, lambda *_: print("window", *shutil.get_terminal_size()))
    print("\\x1b[31mred\\x1b[0m and", os.getpid(), "in", *shutil.get_terminal_size())
    while True:
      try:
        word = input("name? ")
        print("hello", word)
        if word == "quit": break
      except KeyboardInterrupt: print("INTERRUPTED")
    """

  private static func process(_ screen: String) throws -> Int32 {
    try #require(screen.firstMatch(of: /red and (\d+) in/).flatMap { Int32($0.output.1) })
  }

  private static func isThere(_ process: Int32) -> Bool {
    let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
    return status.map { !$0.contains("State:\tZ") } ?? false
  }

  private static func type(_ text: String, _ terminal: Tmux) throws {
    try terminal.press("s")
    try terminal.wait(for: ": type app ")
    try terminal.type(text)
    // An Enter that came in one piece with the line would be part of a paste.
    try terminal.wait(for: "B: 1 send")
    try terminal.press("Enter")
  }

  @Test(
    "It has a terminal in a pane: colours are dropped, keys typed, ^C is the program's, its window follows")
  func terminal() throws {
    let folder = try Scratch()
    let script = try folder.file("ask.py", Self.asking)
    let terminal = try Tmux(workbench: ["-e", "watch \"\(Self.python) \(script)\""])
    try terminal.wait(for: "O output")
    try terminal.press("O")
    let process = try Self.process(try terminal.wait(for: "│ red and [0-9]+ in 91 6 "))
    try Self.type("\"one\\n\"", terminal)
    try terminal.wait(for: "│ hello one")
    try Self.type("\"\\x03\"", terminal)
    try terminal.wait(for: "│ (name\\? \\^C)?INTERRUPTED")
    try terminal.resize(columns: 150, rows: 36)
    try terminal.wait(for: "│ (name\\? )?window 1[0-9]+ 6")
    // Ctrl-C is recvscope's, and asks.
    try terminal.press("C-c")
    try terminal.wait(for: "Leave\\? This ends app, loses")
    try terminal.press("n")
    #expect(Self.isThere(process))
    try Self.type("\"quit\\n\"", terminal)
    try terminal.wait(for: "  app +exited")
    #expect(!Self.isThere(process))
    try terminal.press("q", "y")
    #expect(try terminal.exitCode() == 0)
  }

  @Test("What was started ends with it, unless it may be left running", arguments: [false, true])
  func leaving(isLeft: Bool) throws {
    let folder = try Scratch()
    let script = try folder.file("ask.py", Self.asking)
    let option = isLeft ? " --detachable" : ""
    let terminal = try Tmux(workbench: ["-e", "watch \"\(Self.python) \(script)\"\(option)"])
    try terminal.wait(for: "O output")
    try terminal.press("O")
    let process = try Self.process(try terminal.wait(for: "│ red and [0-9]+ in"))
    try terminal.press("q")
    try terminal.wait(
      for: isLeft ? "Leave\\? This leaves app running, loses" : "Leave\\? This ends app, loses")
    try terminal.press("y")
    #expect(try terminal.exitCode() == 0)
    if isLeft {
      #expect(Self.isThere(process))
      kill(process, SIGKILL)
    } else {
      #expect(Deadline(within: 20).poll { Self.isThere(process) ? nil : true } == true)
    }
  }

  @Test("Two that talk to each other: lanes go across, and what one receives came from what the other sent")
  func two() throws {
    let folder = try Scratch()
    let server = try folder.file(
      "server.py",
      """
      import os, socket
      server = socket.create_server(("127.0.0.1", int(os.environ["PORT"])))
      connection, _ = server.accept()
      while data := connection.recv(64): print("got", data, flush=True)
      input("server? ")
      """)
    let client = try folder.file(
      "client.py",
      """
      import os, socket, time
      client = socket.create_connection(("127.0.0.1", int(os.environ["PORT"])))
      client.sendall(b"12345")
      time.sleep(0.1)
      client.sendall(b"67")
      input("client? ")
      """)
    let port = try Peer.freePort()
    let terminal = try Tmux(
      workbench: [
        "-e", "watch \"\(Self.python) \(server)\" --as server --env PORT=\(port)", "-e", "wait server listen",
        "-e", "watch \"\(Self.python) \(client)\" --as client --env PORT=\(port)",
      ])
    try terminal.wait(for: "recv +2 server\\.fd3\\.1")
    try terminal.press("O")
    try terminal.wait(for: "│ server +got b'67'")
    try terminal.wait(for: "│ client +client\\?")
    try terminal.wait(for: "client\\.fd3 send .*5.*2")
    try terminal.wait(for: "server\\.fd3\\.1 recv .*5.*2")
    // server, its listener, its connection
    try terminal.press("Escape")
    try terminal.wait(for: "│ following")
    try terminal.press("n", "n", "n")
    try terminal.wait(for: "▸ +…fd3\\.1 +ESTAB")
    try terminal.press("i")
    try terminal.wait(for: "came from +It holds all of send #2 .2 bytes., from client\\.fd3")
    try terminal.press("q", "y")
    #expect(try terminal.exitCode() == 0)
  }
}
