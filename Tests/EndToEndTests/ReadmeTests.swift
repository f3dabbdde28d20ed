import Testing

@Suite("The examples of README.md")
struct ReadmeTests {
  static let examples = ConsoleExample.all(of: "README.md")

  @Test("There are at least five")
  func enough() {
    #expect(Self.examples.count >= 5)
  }

  @Test("An example prints what it says", arguments: examples)
  func runs(example: ConsoleExample) throws {
    let outcome = try example.run()
    #expect(outcome.exitCode == 0, "\(outcome.errorText)")
    #expect(example.fits(outcome.text), "\(outcome.text)")
  }
}
