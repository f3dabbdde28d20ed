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

  @Test("A dash is standard output, but not for a SQLite file")
  func dash() throws {
    let folder = try Scratch()
    let file = folder.path + "/a.rscope"
    _ = try Program.run(["run", "-e", "listen 0 --as a", "--quiet", "--record", file])
    let csv = try Program.run(["export", file, "--to", "csv", "-o", "-"], folder: folder.path)
    #expect(csv.exitCode == 0)
    #expect(csv.text.hasPrefix("event,seq,"), "\(csv.text)")
    let tables = try Program.run(["export", file, "--to", "sqlite", "-o", "-"], folder: folder.path)
    #expect(tables.exitCode == 2 || tables.exitCode == 64)
    #expect(tables.errorText.contains("a SQLite file needs a name"), "\(tables.errorText)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.rscope"])
  }

  @Test("Tables are written whole, and nothing lies beside them")
  func tables() throws {
    let folder = try Scratch()
    let file = folder.path + "/a.rscope"
    _ = try Program.run(["run", "-e", "listen 0 --as a", "--quiet", "--record", file])
    let export = try Program.run(["export", file, "--to", "sqlite"])
    #expect(export.exitCode == 0, "\(export.errorText)")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["a.rscope", "a.sqlite"])
    let bytes = FileManager.default.contents(atPath: folder.path + "/a.sqlite") ?? Data()
    #expect(bytes.starts(with: Data("SQLite format 3".utf8)))
    let again = try Program.run(["export", file, "--to", "sqlite"])
    #expect(again.exitCode == 2)
    #expect(again.errorText.contains("is there already"))
    #expect(FileManager.default.contents(atPath: folder.path + "/a.sqlite") == bytes)
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
