import Foundation
import Testing

@Suite("Themes and configuration that cannot be used are refused before the screen is drawn")
struct SettingsTests {
  private let scratch: Scratch
  private let folder: String

  init() throws {
    scratch = try Scratch()
    folder = "\(scratch.path)/recvscope"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  private func run(_ arguments: [String] = []) throws -> Outcome {
    try Child(["/usr/bin/env", "XDG_CONFIG_HOME=\(scratch.path)", Program.path] + arguments).wait(within: 20)
  }

  @Test(
    "A mistake is shown with file, line and column",
    arguments: [
      ("config.toml", "theme = \"dark\"\nnosuch = 1\n", "config.toml:2:1: "),
      ("config.toml", "[keys]\nfollow = \"F99x\"\n", "config.toml:2:10: "),
      ("config.toml", "theme = \n", "config.toml:1:"), ("config.toml", "big = true\n[#", "config.toml:2:2: "),
      ("config.toml", "[[#x]]", "config.toml:1:3: "), ("bursts.toml", "[=", "bursts.toml:1:2: "),
      ("config.toml", "# é\0", "config.toml:1:4: "),
      ("config.toml", "big = false\ntheme = \"nosuch\"\n", "config.toml:2:9: no theme nosuch; there are: "),
      ("bursts.toml", "[[burst]]\nname = \"hello\"\nsend = '\"a\" 100'\n", "bursts.toml:3:13: "),
    ])
  func mistakes(name: String, text: String, place: String) throws {
    _ = try scratch.file("recvscope/\(name)", text)
    let outcome = try run()
    #expect(outcome.exitCode == 2)
    #expect(outcome.errorText.contains("\(folder)/\(place)"), "\(outcome.errorText)")
  }

  @Test(
    "What is no UTF-8, or larger than settings are, is refused", arguments: ["config.toml", "bursts.toml"])
  func noText(name: String) throws {
    let file = "\(folder)/\(name)"
    try Data("# a\n# \u{e9}".utf8.dropLast()).write(to: URL(fileURLWithPath: file))
    #expect(try run().errorText == "recvscope: \(file):2:3: no UTF-8\n")
    try Data(repeating: UInt8(ascii: "#"), count: 1 << 20 + 1).write(to: URL(fileURLWithPath: file))
    #expect(try run().errorText == "recvscope: \(file): has 1048577 bytes, more than 1048576\n")
  }

  @Test("A mistake in a theme is shown with file, line and column")
  func theme() throws {
    let file = try scratch.file("mine.toml", "name = \"mine\"\n[roles]\nnosuch = \"red\"\n")
    let outcome = try run(["--theme", file])
    #expect(outcome.exitCode == 2)
    #expect(outcome.errorText.contains("\(file):3:1: "), "\(outcome.errorText)")
  }

  @Test("An unknown theme is told with the known ones")
  func unknownTheme() throws {
    let outcome = try run(["--theme", "nosuch"])
    #expect(outcome.exitCode == 2)
    #expect(outcome.errorText.contains("nosuch: no theme"), "\(outcome.errorText)")
    #expect(outcome.errorText.contains("colour-blind, dark"), "\(outcome.errorText)")
  }

  @Test("A file that cannot be read is told with the reason", arguments: ["config.toml", "bursts.toml"])
  func unreadable(name: String) throws {
    try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
    let outcome = try run()
    #expect(outcome.exitCode == 2)
    #expect(outcome.errorText.contains("\(folder)/\(name): is a directory"), "\(outcome.errorText)")
  }
}
