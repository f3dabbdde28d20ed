import Foundation
import Testing

@Suite("The examples of docs/RECORDING.md")
struct RecordingDocumentTests {
  @Test("Each prints what it says, one after another in one folder")
  func examples() throws {
    let folder = try Scratch()
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/labs", withDestinationPath: Program.tree + "/labs")
    let examples = ConsoleExample.all(of: "docs/RECORDING.md")
    #expect(examples.count >= 4)
    for example in examples {
      let outcome = try example.run(in: folder.path)
      #expect(outcome.exitCode == 0, "\(example): \(outcome.errorText)")
      #expect(example.fits(outcome.text), "\(example): \(outcome.text)")
    }
  }
}
