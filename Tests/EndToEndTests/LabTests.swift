import Foundation
import Testing

@Suite("The shipped labs")
struct LabTests {
  static let labs = ((try? FileManager.default.contentsOfDirectory(atPath: Program.tree + "/labs")) ?? [])
    .filter { $0.hasSuffix(".lab") }.sorted()

  @Test("There are labs, and the two of R1 are among them")
  func shipped() {
    #expect(Set(Self.labs).isSuperset(of: ["recv-returns.lab", "recv-race.lab"]))
  }

  @Test("A lab starts with a comment and its expectations hold", arguments: labs)
  func holds(lab: String) throws {
    let file = "\(Program.tree)/labs/\(lab)"
    #expect(try String(contentsOfFile: file, encoding: .utf8).hasPrefix("# "))
    let outcome = try Program.run(["run", file, "--json"])
    let expects = try outcome.events.of("expect")
    #expect(outcome.exitCode == 0, "\(outcome.errorText)\n\(outcome.text)")
    #expect(!expects.isEmpty && expects.allSatisfy { $0.ok == true }, "\(expects)")
  }
}
