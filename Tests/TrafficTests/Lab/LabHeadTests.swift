import Testing

@testable import Traffic

@Suite("What a lab says of itself")
struct LabHeadTests {
  @Test(
    "The first comment is its title, without the name before it; what stands behind a question may be the answer",
    arguments: [
      ("# When? Now.\n# and more\nlisten 0", "When? Now.", "When?"), ("# x.lab: Who?\n", "Who?", "Who?"),
      ("#Plain\n", "Plain", nil), ("listen 0\n", "", nil), ("", "", nil), ("# \n# b", "", nil),
      ("\nlisten 0 # aside\n# Late?\n", "Late?", "Late?"),
    ] as [(String, String, String?)])
  func title(text: String, title: String, question: String?) {
    let head = LabHead(text, named: "x")
    #expect(head.title == title && head.question == question)
  }

  @Test("The rest is paragraphs, and what is set in keeps its lines")
  func paragraphs() {
    let head = LabHead("# T\n#\n# a\n# b  \n#\n#\n#   if x:\n#     y\n\n# other\n", named: "x")
    #expect(head.paragraphs.map(\.text) == ["a b", "   if x:\n     y"])
    #expect(head.paragraphs.map(\.isCode) == [false, true])
  }
}
