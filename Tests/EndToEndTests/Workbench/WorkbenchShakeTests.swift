import Testing

@Suite("A shake in a terminal")
struct WorkbenchShakeTests {
  /// Takes what one recv returns for a whole message; with a pause before each answer.
  private static func server(pause: Double) -> String {
    """
    import json, socket, time
    server = socket.create_server(("127.0.0.1", 0))
    while True:
      connection, _ = server.accept()
      time.sleep(\(pause))
      while data := connection.recv(1024):
        try: json.loads(data); connection.sendall(b"ok\\n")
        except ValueError: connection.sendall(b"bad\\n")
      connection.close()
    """
  }

  private static func shake(_ message: String, pause: Double, _ scratch: Scratch) throws -> Tmux {
    let server = try scratch.file("server.py", server(pause: pause))
    let terminal = try Tmux(
      workbench: [],
      environment: [
        "HOME": scratch.path, "XDG_CONFIG_HOME": scratch.path + "/config",
        "XDG_STATE_HOME": scratch.path + "/state",
      ])
    try terminal.wait(for: "q quit")
    try terminal.command("shake \"/usr/bin/python3 \(server)\" --until quiet 20ms --send \(message)")
    return terminal
  }

  @Test("The strip opens and grows, and a finding leads to the rows, bytes and lanes of its connection")
  func finding() throws {
    let scratch = try Scratch()
    let terminal = try Self.shake(#""{\"a\":1}""#, pause: 0, scratch)
    try terminal.wait(for: "Cuts of a message of 7 B for /usr/bin/python3")
    try terminal.wait(for: "all 6 tried  6 found  all proven")
    try terminal.wait(for: "│ 0   DDDDDD ")
    try terminal.wait(for: "cut after byte 1: \"bad.* instead of \"ok")
    try terminal.press("n")
    try terminal.wait(for: "text +\\{\"┃a\":1\\}")
    try terminal.press("Enter")
    let screen = try terminal.wait(for: "▸ cut .* cut after byte 2: different, proven")
    #expect(screen.contains("▹ shake.1"))
    #expect(try screen.contains(Regex("Bytes (received|sent) (by|to) shake\\.")))
    #expect(try screen.contains(Regex("app\\.fd\\d\\.\\d+ recv .*2.*5")))
    #expect(try screen.contains(Regex("send +1 .* 2 +2 .*accepted")))
    try terminal.press("K")
    try terminal.wait(for: "cut after byte 2: \"bad")
    try terminal.press("Escape")
    try terminal.wait(for: "q quit")
    try terminal.press("q", "y")
    #expect(try terminal.exitCode() == 0)
  }

  @Test("^X ends it and its program, and it is told how far it came")
  func stopping() throws {
    let scratch = try Scratch()
    let terminal = try Self.shake(#""{\"a\":1}"*400"#, pause: 0.02, scratch)
    try terminal.wait(for: "[0-9]+ of 2 799 ")
    try terminal.press("Escape")
    try terminal.wait(for: "shake [0-9]+/2 799")
    try terminal.press("K")
    try terminal.wait(for: "\\^X stops it")
    try terminal.press("C-x")
    try terminal.wait(for: "stopped after [0-9]+ of 2 799 ")
    try terminal.press("Escape")
    try terminal.wait(for: "q quit")
    try terminal.press("q")
    let question = try terminal.wait(for: "Leave\\?")
    #expect(!question.contains("ends app"))
    try terminal.press("y")
    #expect(try terminal.exitCode() == 0)
  }
}
