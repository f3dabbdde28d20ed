import Testing

@testable import Traffic

@Suite struct SyntaxErrorTests {
  @Test(
    "the caret stands under the mistake",
    arguments: [
      ("send a 0xabc", 13, "send a 0xabc\n            ^"),
      ("send\ta\t100", 8, "send    a       100\n                ^"),
      ("send 日本 100", 9, "send 日本 100\n          ^"),
      ("send e\u{301} 100", 8, "send e\u{fffd} 100\n        ^"),
      ("a\u{1b}[31m\u{202e}b", 8, "a\u{241b}[31m\u{fffd}b\n       ^"),
    ])
  func pointsAt(source: String, column: Int, expected: String) {
    let error = SyntaxError(source: source, line: 3, column: column, message: "wrong")
    #expect(error.rendered(in: "a.lab") == "a.lab:3:\(column): wrong\n\(expected)\n")
    #expect(error.rendered(in: nil) == "column \(column): wrong\n\(expected)\n")
  }

  @Test("a very long line is shown around the mistake only")
  func cutsLongLines() {
    let source = String(repeating: "a", count: 100_000) + "!" + String(repeating: "b", count: 100_000)
    let lines = SyntaxError(source: source, column: 100_001, message: "wrong").rendered(in: nil).split(
      separator: "\n")
    #expect(lines[1].count < 200)
    #expect(lines[1].dropFirst(lines[2].count - 1).first == "!")
  }
}
