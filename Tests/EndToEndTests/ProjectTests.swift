import Foundation
import Testing

/// What keeps the source in order.
@Suite("The project's own checks")
struct ProjectTests {
  /// Folders of a target T with a type each: `A>B` where that of A names the one of B, `A~B` where it has its own of that name.
  @Test(
    "Folders that know each other in a circle are found, however long it is",
    arguments: [
      ("A>B B>C A>C", nil), ("A>B B~A", nil), ("A>B B>A", "A → B → A"), ("A>B B>C C>A D>A", "A → B → C → A"),
      ("A>B B>C C>D D>E E>B", "B → C → D → E → B"),
    ] as [(String, String?)])
  func circles(names: String, circle: String?) throws {
    let scratch = try Scratch()
    for pair in names.split(separator: " ") {
      let (one, other) = (pair.prefix(1), pair.suffix(1))
      let folder = "Sources/T/\(one)"
      try FileManager.default.createDirectory(
        atPath: "\(scratch.path)/\(folder)", withIntermediateDirectories: true)
      let nested = pair.contains("~") ? "  struct Is\(other) {}\n" : ""
      _ = try scratch.file(
        "\(folder)/\(other).swift", "struct Is\(one) {\n\(nested)  let other: Is\(other)\n}\n")
    }
    let outcome = try Child(["python3", "\(Program.tree)/.ci/folders", "T"], folder: scratch.path).wait()
    #expect(outcome.exitCode == (circle == nil ? 0 : 1), "\(outcome)")
    if let circle { #expect(outcome.errorText.contains("T: \(circle) is a circle"), "\(outcome)") }
  }
}
