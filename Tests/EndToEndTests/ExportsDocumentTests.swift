import Foundation
import Testing

@Suite("The examples of docs/EXPORTS.md")
struct ExportsDocumentTests {
  private static let hasTshark = (try? Child(["tshark", "--version"]).wait().exitCode) == 0

  @Test("Each prints what it says, one after another in one folder")
  func examples() throws {
    let folder = try Scratch()
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/labs", withDestinationPath: Program.tree + "/labs")
    let examples = ConsoleExample.all(of: "docs/EXPORTS.md")
    #expect(examples.count >= 8)
    for example in examples where Self.hasTshark || !example.command.hasPrefix("tshark") {
      let outcome = try example.run(in: folder.path)
      #expect(outcome.exitCode == 0, "\(example): \(outcome.errorText)")
      #expect(example.fits(outcome.text), "\(example): \(outcome.text)")
    }
  }

  @Test("A file that is there already stays as it is, and other mistakes have the status 2")
  func mistakes() throws {
    let folder = try Scratch()
    let run = try Program.run(
      ["run", "-e", "listen 0 --as a", "--quiet", "--record", folder.path + "/a.rscope"])
    #expect(run.exitCode == 0)
    let there = try folder.file("a.csv", "mine")
    for (words, said) in [
      (["--to", "csv"], "is there already"), (["--to", "raw"], "there are no bytes"),
      (["--to", "csv", "--where", "wating>1"], "no field wating"),
    ] {
      let outcome = try Program.run(["export", folder.path + "/a.rscope"] + words)
      #expect(outcome.exitCode == 2)
      #expect(outcome.errorText.contains(said), "\(outcome.errorText)")
    }
    #expect(try String(contentsOfFile: there, encoding: .utf8) == "mine")
  }
}
