import Testing
import Traffic

struct ParagraphTests {
  @Test(arguments: [
    ("one two three", 8, ["one two", "three"]),
    ("one two three", 7, ["one two", "three"]),
    ("a word-that-is-longer b", 6, ["a", "word-that-is-longer", "b"]),
    ("at 0.004 543, so", 8, ["at", "0.004 543,", "so"]),
    ("waited 1.2 ms, so", 10, ["waited", "1.2 ms, so"]),
    ("288 720 bytes", 9, ["288 720", "bytes"]),
    ("", 5, []),
    ("one", 0, []),
  ])
  func `Words fill lines, and a number is not torn apart`(_ text: String, _ width: Int, _ lines: [String]) {
    #expect(Paragraph.lines(text, width: width) == lines)
  }
}
