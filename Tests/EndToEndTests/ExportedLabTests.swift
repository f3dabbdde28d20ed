import Foundation
import Testing

@Suite("Labs that are written from runs")
struct ExportedLabTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// Labs that start programs, capture the wire, or need somebody's answers.
  private static let others = ["watch", "shake", "wire", "ask", "step"]

  static let shipped: [String] = {
    let folder = Program.tree + "/labs"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    // How many recv calls by hand take its sends is a matter of Nagle's algorithm and of time; one too many waits for ever.
    return names.filter { $0.hasSuffix(".lab") && $0 != "quickack.lab" }.sorted().filter { name in
      let lines = (try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8))?.split(separator: "\n")
      return lines?.contains { line in others.contains { line.hasPrefix($0 + " ") } } == false
    }
  }()

  /// Those of which each recv is determined: nothing races there.
  static let determined = [
    "recv-returns", "datagrams", "peek", "urgent", "timeout", "bound-datagrams", "refused-datagram", "epoll",
    "poll", "select", "peer-closed", "waitall", "reset", "unix-kinds", "urgent-displaced", "waits-for-data",
  ]

  /// Plays a lab, writes one from its run, and plays that.
  private func again(_ lab: String) throws -> (first: String, second: String) {
    let (first, written, second) = (
      "\(scratch.path)/first.rscope", "\(scratch.path)/again.lab", "\(scratch.path)/second.rscope"
    )
    let played = try Program.run(["run", lab, "--quiet", "--record", first])
    #expect(played.exitCode == 0, "\(played.errorText)")
    let export = try Program.run(["export", first, "--to", "lab", "-o", written])
    #expect(export.exitCode == 0, "\(export.errorText)")
    // Others may have taken the port meanwhile; whoever sends there says the name.
    let text = try String(contentsOfFile: written, encoding: .utf8)
      .replacing(/listen 127\.0\.0\.1:\d+( .*--udp)/) { "listen 127.0.0.1:0\($0.1)" }
    try text.write(toFile: written, atomically: true, encoding: .utf8)
    let outcome = try Program.run(["run", written, "--quiet", "--record", second])
    #expect(outcome.exitCode == 0, "\(outcome.errorText)\(text)")
    return (first, second)
  }

  @Test(
    "Each shipped lab can be written from its run, and what is written plays to its end", arguments: shipped)
  func plays(name: String) throws {
    let (first, second) = try again("\(Program.tree)/labs/\(name)")
    guard Self.determined.contains(name.replacing(".lab", with: "")) else { return }
    let compared = try Program.run(["compare", first, second])
    #expect(compared.exitCode == 0, "\(compared.text)")
  }

  @Test("An end that came of the run's end alone is not waited for, through a relay neither")
  func relay() throws {
    let lab = try scratch.file(
      "relay.txt",
      """
      listen 0 --as server
      relay 0 server --as r
      connect r --as client
      send client "hello"
      wait server.1 bytes 5
      """)
    _ = try again(lab)
  }

  @Test("A lab in which nothing would be sent is refused, and no file is made")
  func nothing() throws {
    let recording = "\(scratch.path)/run.rscope"
    _ = try Program.run(["run", "-e", "listen 0 --as a", "--quiet", "--record", recording])
    let outcome = try Program.run(["export", recording, "--to", "lab", "--where", "event=recv"])
    #expect(outcome.exitCode == 2)
    #expect(outcome.errorText.contains("nothing to send"), "\(outcome.errorText)")
    #expect(!FileManager.default.fileExists(atPath: "\(scratch.path)/run.lab"))
  }
}
