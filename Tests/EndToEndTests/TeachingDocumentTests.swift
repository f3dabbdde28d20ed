import Foundation
import Testing

@Suite("The examples of docs/TEACHING.md")
struct TeachingDocumentTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test("Each prints what it says")
  func examples() throws {
    for folder in ["labs", "lessons"] {
      try FileManager.default.createSymbolicLink(
        atPath: "\(scratch.path)/\(folder)", withDestinationPath: "\(Program.tree)/\(folder)")
    }
    let examples = ConsoleExample.all(of: "docs/TEACHING.md")
    #expect(examples.count >= 3)
    for example in examples {
      let outcome = try example.run(in: scratch.path)
      #expect(outcome.exitCode == 0, "\(example): \(outcome.errorText)")
      #expect(example.fits(outcome.text), "\(example): \(outcome.text)")
    }
  }

  @Test("The lesson that it shows holds, whatever is answered", arguments: [1, 2])
  func lesson(answer: Int) throws {
    let text = try String(contentsOfFile: Program.tree + "/docs/TEACHING.md", encoding: .utf8)
    let lab = try #require(text.firstMatch(of: /(?s)```lab\n(.*?)```/)).1
    let path = "\(scratch.path)/mine.lab"
    try String(lab).write(toFile: path, atomically: true, encoding: .utf8)
    let outcome = try Program.run(["run", path, "--answers", "\(answer)", "--json"])
    #expect(outcome.exitCode == 0, "\(outcome.errorText)")
    #expect(try outcome.events.last { $0.event == "reveal" }?.choice == 1)
  }
}
