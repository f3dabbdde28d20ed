import Testing
@testable import Traffic

@Suite("What to find is read")
struct FindPatternTests {
  @Test(
    "A pattern is told as text that reads as the same",
    arguments: [
      ("GET", "\"GET\""), ("\"a\\r\\n\"", "\"a\\r\\n\""), ("0x0d0a", "\"\\r\\n\""),
      ("0x0d??0a", "<0d ?? 0a>"),
      ("<0d ??0a>", "<0d ?? 0a>"), ("/GET \\/\\w+/", "/GET \\/\\w+/"), ("what?", "\"what?\""),
      ("bytes 5", "\"bytes 5\""),
    ])
  func text(written: String, text: String) throws {
    let pattern = try FindPattern(parsing: written)
    #expect(pattern.text == text)
    #expect(try FindPattern(parsing: pattern.text) == pattern)
  }

  @Test(
    "A mistake is told with its column",
    arguments: [
      ("", 1), ("\"\"", 1), ("0x", 3), ("0x0", 4), ("0x0g", 4), ("0x0?", 4), ("0x0d?", 5), ("0x????", 1),
      ("<>", 2), ("<0d", 4), ("<0d> x", 6), ("/(/", 3), ("\"open", 6),
    ])
  func mistakes(text: String, column: Int) {
    let error = #expect(throws: SyntaxError.self) { try FindPattern(parsing: text) }
    #expect(error?.column == column)
  }
}
