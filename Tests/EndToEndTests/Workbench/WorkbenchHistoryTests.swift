import Foundation
import Testing

@Suite("Lines typed in a terminal")
struct WorkbenchHistoryTests {
  private let home: Scratch
  private let folder: String

  init() throws {
    home = try Scratch()
    folder = home.path + "/state/recvscope"
  }

  private func start() throws -> Tmux {
    let terminal = try Tmux(
      workbench: [], environment: ["HOME": home.path, "XDG_STATE_HOME": home.path + "/state"])
    try terminal.wait(for: "No socket is open yet")
    return terminal
  }

  private func type(_ line: String, in terminal: Tmux) throws {
    try terminal.command(line)
    // The row, and not the line while it is typed: what comes before Enter was taken would belong to it.
    try terminal.wait(for: "mark +[0-9].*\\b\(line.split(separator: " ")[1])")
  }

  private func quit(_ terminal: Tmux) throws {
    try terminal.press("q", "y")
    #expect(try terminal.exitCode() == 0)
  }

  private var kept: String? { try? String(contentsOfFile: folder + "/history", encoding: .utf8) }

  @Test("They come back in the next run, and a line that begins with a blank does not")
  func comeBack() throws {
    let terminal = try start()
    try type("mark remembered", in: terminal)
    try type(" mark secret", in: terminal)
    try quit(terminal)
    #expect(kept == ":mark remembered\n")
    let again = try start()
    try again.press(":", "Up")
    try again.wait(for: ": mark remembered")
    try again.press("C-c")
    try quit(again)
  }

  @Test("Two workbenches at a time lose none of each other's")
  func shared() throws {
    let (first, second) = (try start(), try start())
    try type("mark one", in: first)
    try type("mark two", in: second)
    try quit(first)
    try quit(second)
    #expect(kept == ":mark one\n:mark two\n")
    try quit(try start())
    #expect(kept == ":mark one\n:mark two\n")
  }

  @Test("They are written to a new file of the user's alone, whatever lies beside it")
  func safe() throws {
    let files = FileManager.default
    try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let other = try home.file("other", "not mine")
    try files.createSymbolicLink(atPath: folder + "/history.new", withDestinationPath: other)
    try ":mark old\n".write(toFile: folder + "/history", atomically: false, encoding: .utf8)
    try files.setAttributes([.posixPermissions: 0o644], ofItemAtPath: folder + "/history")
    let terminal = try start()
    try type("mark new", in: terminal)
    try quit(terminal)
    #expect(kept == ":mark old\n:mark new\n")
    #expect(try String(contentsOfFile: other, encoding: .utf8) == "not mine")
    let mode = try files.attributesOfItem(atPath: folder + "/history")[.posixPermissions] as? Int
    #expect(mode == 0o600)
    #expect(try files.contentsOfDirectory(atPath: folder).sorted() == ["history", "history.new"])
  }

  @Test("A history that is a link stays one, and what it points to is written")
  func link() throws {
    let files = FileManager.default
    try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let real = try home.file("real", ":mark old\n")
    try files.createSymbolicLink(atPath: folder + "/history", withDestinationPath: real)
    let terminal = try start()
    try type("mark new", in: terminal)
    try quit(terminal)
    #expect(try String(contentsOfFile: real, encoding: .utf8) == ":mark old\n:mark new\n")
    #expect(try files.destinationOfSymbolicLink(atPath: folder + "/history") == real)
  }
}
