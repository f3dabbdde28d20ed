import Testing
import Traffic

@Suite("Bursts that a lab defines")
struct DefinitionTests {
  @Test(
    "define names a burst, with a key or without",
    arguments: [
      ("define hello \"a\"", "hello", "\"a\""),
      ("define F2 hello \"a\" 5ms \"b\"  # c", "F2 hello", "\"a\" 5ms \"b\""),
      ("define f12 \"GET /\" \"GET / HTTP/1.0\\r\\n\"", "F12 GET /", "\"GET / HTTP/1.0\\r\\n\""),
      ("define é-1 zeros(3)", "é-1", "zeros(3)"), ("define x \"a\" # c\n \"b\"", "x", "\"a\" \"b\""),
    ])
  func parses(line: String, label: String, text: String) throws {
    guard case .define(let burst) = try Command(parsing: line) else {
      Issue.record("\(line) defines nothing")
      return
    }
    #expect(burst.label.text == label && burst.text == text)
    #expect(burst.burst == (try Burst(parsing: text)))
  }

  @Test(
    "A mistake is told with its column",
    arguments: [
      ("define", 7, "expected a name"), ("define F13 x \"a\"", 8, "F1 to F12"),
      ("define F1", 10, "expected a name"),
      ("define F1 x", 12, "expected a burst"), ("define x \"a", 12, "not closed"),
      ("define x\"a\"", 9, "a space"),
      ("define \"F2\" \"a\"", 8, "F2 is a key"), ("define \"\\x07\" \"a\"", 8, "can be seen"),
      ("define \"\\xff\" \"a\"", 8, "UTF-8"), ("define \"\" \"a\"", 8, "expected a name"),
      ("define (\"a\")", 8, "a name"),
    ])
  func mistakes(line: String, column: Int, message: String) {
    let error = #expect(throws: SyntaxError.self) { try Command(parsing: line) }
    #expect(error?.column == column, "\(line)")
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
  }

  @Test(
    "A name or a key that comes twice in a lab is refused where it stands",
    arguments: [
      ("define F1 b \"b\"", 8, "F1 sends a already: line 2"),
      ("  define F3 a \"b\"", 13, "a is defined already: line 2"),
      ("define \"a\" \"b\"", 8, "a is defined already: line 2"),
    ])
  func twice(line: String, column: Int, message: String) {
    let error = #expect(throws: LabMistakes.self) { try Lab(parsing: "\ndefine F1 a \"a\"\n\(line)\n") }
    let mistake = error?.first.first
    #expect(error?.count == 1 && mistake?.line == 3 && mistake?.column == column)
    #expect(mistake?.message == message)
  }

  @Test("A lab knows what it defines")
  func definitions() throws {
    let lab = try Lab(parsing: "define F1 a \"a\"\nlisten 0\ndefine b \"b\"")
    #expect(lab.definitions.map(\.label.text) == ["F1 a", "b"])
  }
}
