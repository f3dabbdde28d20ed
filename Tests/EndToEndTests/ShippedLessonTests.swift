import Foundation
import Testing

@Suite("The shipped lessons")
struct ShippedLessonTests {
  static let folder = Program.tree + "/lessons"
  static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
    .filter { $0.hasSuffix(".lab") }.map { String($0.dropLast(4)) }.sorted()

  @Test("There are twelve, each is in the order that teaches, and none has a lab's name")
  func shipped() throws {
    let order = try String(contentsOfFile: Self.folder + "/order", encoding: .utf8)
      .split(separator: "\n").map(String.init)
    #expect(Self.names.count == 12 && order.sorted() == Self.names)
    #expect(!LabTests.labs.contains { Self.names.contains(String($0.dropLast(4))) })
    let labs = try String(contentsOfFile: Program.tree + "/labs/order", encoding: .utf8)
      .split(separator: "\n").map { "\($0).lab" }
    #expect(labs.sorted() == LabTests.labs)
  }

  /// Answers, each to a question: the same choice for all.
  @Test(
    "A lesson is true here, with right and with wrong answers",
    arguments: names.flatMap { name in [0, 1, 2].map { (name, $0) } })
  func holds(lesson: String, choice: Int) throws {
    let text = try String(contentsOfFile: "\(Self.folder)/\(lesson).lab", encoding: .utf8)
    #expect(text.hasPrefix("# ") && text.contains("\nsay \"Try"))
    let asked = text.split(separator: "\n").count { $0.hasPrefix("ask ") }
    #expect((3...4).contains(asked))
    let answers =
      choice == 0 ? [] : ["--answers", Array(repeating: "\(choice)", count: asked).joined(separator: ",")]
    let outcome = try Program.run(["run", lesson, "--json"] + answers)
    #expect(outcome.exitCode == 0, "\(outcome.errorText)")
    let revealed = try outcome.events.of("reveal")
    #expect(revealed.count == asked && revealed.allSatisfy { $0.ok == true }, "\(revealed)")
    // Which choice is right is not always the same one.
    #expect(Set(revealed.compactMap(\.choice)).count > 1)
    let answered = try outcome.events.of("answer").compactMap(\.choice)
    #expect(answered.allSatisfy { $0 == choice } && (choice == 0) == answered.isEmpty)
  }
}
