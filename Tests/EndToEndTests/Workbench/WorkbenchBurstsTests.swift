import Foundation
import Testing

@Suite("Bursts by name in a terminal")
struct WorkbenchBurstsTests {
  private static let lab = [
    "-e", "define F5 five 0x35", "-e", "listen 0 --as server", "-e", "connect server --as client",
  ]

  /// The workbench with a home of its own; a second one may share it.
  private static func terminal(_ arguments: [String] = lab, home: Scratch) throws -> Tmux {
    let environment = [
      "HOME": home.path, "XDG_CONFIG_HOME": home.path + "/config", "XDG_STATE_HOME": home.path + "/state",
    ]
    return try Tmux(workbench: arguments, environment: environment)
  }

  /// Keys are meant for the client from then on, whatever record came last.
  private static func selectClient(_ terminal: Tmux) throws {
    try terminal.wait(for: "server.1 +ESTAB")
    try terminal.wait(for: "client +ESTAB")
    try terminal.press("n", "n", "n")
    try terminal.wait(for: "▸ +client +ESTAB")
  }

  private static func file(_ home: Scratch) -> String { "\(home.path)/config/recvscope/bursts.toml" }

  @Test("What is typed and saved is sent by its key, in this run and in the next")
  func saved() throws {
    let home = try Scratch()
    let terminal = try Self.terminal(home: home)
    try Self.selectClient(terminal)
    try terminal.wait(for: "─ F5 five ")
    try terminal.press("s")
    try terminal.wait(for: "send client ▸")
    try terminal.type("\"it's\" 5ms \"\\r\\n\"")
    try terminal.press("C-s")
    try terminal.wait(for: "save as ▸")
    try terminal.enter("F1 hello")
    try terminal.wait(for: "saved F1 hello")
    try terminal.press("C-c")
    try terminal.wait(for: "─ F1 hello  F5 five ")
    try terminal.press("F1")
    try terminal.wait(for: "send +2 .* 2 ")
    try terminal.press("q", "y")
    #expect(try terminal.exitCode() == 0)
    let status = try FileManager.default.attributesOfItem(atPath: Self.file(home))
    #expect(status[.posixPermissions] as? Int == 0o600)
    let text = try String(contentsOfFile: Self.file(home), encoding: .utf8)
    #expect(text.hasPrefix("[[burst]]\nname = 'hello'\nkey = \"f1\"\nsend = \"\\\"it's\\\" 5ms"))

    let again = try Self.terminal(["-e", "listen 0", "-e", "connect server"], home: home)
    try Self.selectClient(again)
    try again.wait(for: "─ F1 hello ")
    try again.press("F1")
    try again.wait(for: "send +2 .* 2 ")
    try again.press("S")
    try again.wait(for: "hello — \"it's\" 5ms")
    try again.press("C-d", "C-d")
    // The bottom line may tell of the burst's end, which comes when it comes.
    try again.wait(for: "deleted hello|burst 1: 2 sends")
    try again.press("q", "y")
    #expect(try again.exitCode() == 0)
    #expect(try String(contentsOfFile: Self.file(home), encoding: .utf8).contains("hello") == false)
  }

  @Test("A file that cannot be written is told, and the burst stays at hand")
  func refused() throws {
    let home = try Scratch()
    let terminal = try Self.terminal(home: home)
    try Self.selectClient(terminal)
    let folder = (Self.file(home) as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try "[[burst]]\nname = 3".write(toFile: Self.file(home), atomically: true, encoding: .utf8)
    try terminal.press("s")
    try terminal.wait(for: "send client ▸")
    try terminal.type("1ms")
    try terminal.press("C-s")
    try terminal.wait(for: "save as ▸")
    try terminal.enter("F1 hello")
    try terminal.wait(for: "not saved: .*bursts.toml:2:8: expected a name")
    try terminal.press("C-c")
    try terminal.wait(for: "─ F1 hello ")
    try terminal.press("q", "y")
    #expect(try terminal.exitCode() == 0)
    #expect(try String(contentsOfFile: Self.file(home), encoding: .utf8) == "[[burst]]\nname = 3")
    // Now the mistake is there from the beginning.
    let again = try Self.terminal(home: home)
    #expect(try again.exitCode() == 2)
    #expect(try again.screen().split(separator: "\n").joined().contains("bursts.toml:2:8: expected a name"))
  }
}
