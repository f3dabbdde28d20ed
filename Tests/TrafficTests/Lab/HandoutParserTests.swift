import Testing

@testable import Traffic

@Suite("The command handout")
struct HandoutParserTests {
  @Test(
    "is read at the prompt",
    arguments: [
      ("handout a.html", .handout("a.html", isBlank: false)),
      ("handout \"my file.html\" --blank # sheet", .handout("my file.html", isBlank: true)),
    ] as [(String, Command)])
  func command(line: String, command: Command) throws {
    #expect(try Command(parsing: line) == command)
  }

  @Test(
    "and what is none is refused",
    arguments: [
      ("handout", "expected a file"), ("handout --blank", "expected a file, such as lesson.html"),
      ("handout a b", "unexpected b"), ("handout a --blnk", "unexpected --blnk"),
    ])
  func mistakes(line: String, message: String) {
    let error = #expect(throws: SyntaxError.self) { try Command(parsing: line) }
    #expect(error?.message.contains(message) == true, "\(String(describing: error))")
  }

  @Test("A lab cannot write one: what it plays has not come to its end")
  func inLab() {
    let mistakes = #expect(throws: LabMistakes.self) { try Lab(parsing: "listen 0\nhandout a.html\n") }
    #expect(mistakes?.first.first?.message.contains("workbench's : prompt") == true)
  }
}
