import Testing

@testable import Traffic

@Suite("Macros are completed")
struct MacroCompletionTests {
  @Test(
    "what can stand behind the cursor is offered, and nothing where no macro is typed",
    arguments: [
      ("\"%{t", true, ["%{time}"]), ("%{r", true, ["%{rand:"]),
      ("\"a\"+%{crc3", true, ["%{crc32}", "%{crc32:{"]),
      ("\"%{lenv", true, ["%{lenvarint:{"]), ("%{len16be:{\"%{n", true, ["%{n}"]),
      ("%{len16", true, ["%{len16be:{", "%{len16le:{"]), ("send c \"it's %{n", false, ["%{n}"]),
      ("define x %{ti", false, ["%{time}"]), ("release r.1 up with %{ti", false, ["%{time}"]),
      ("on s /(a)(b+)/ send \"%{1", false, ["%{1}"]), ("on s /(a)(b+)/ send \"%{2", false, []),
      ("on s message /(a)(b+)/ send \"%{2", false, ["%{2}"]), ("on s \"a\" send \"%{1", false, []),
      ("\"%{n}", true, nil), ("\"100%", true, nil), ("\"\\%{n", true, nil), ("'%{n", true, nil),
      ("'a' \"%{ti", true, ["%{time}"]), ("mark %{n", false, nil), ("\"%{ n", true, nil), ("", true, nil),
      ("%{rand:8", true, nil), ("\"\\\\%{ti", true, ["%{time}"]),
    ] as [(String, Bool, [String]?)])
  func words(text: String, isBurst: Bool, words: [String]?) {
    #expect(MacroCompletion(text, isBurst: isBurst)?.words == words)
  }

  @Test("each word that is whole reads as a macro, and what is begun goes on")
  func whole() throws {
    let words = try #require(MacroCompletion("%{", isBurst: true)).words
    #expect(words.count > 20)
    for word in words {
      let rest = word.hasSuffix("}") ? "" : word.hasSuffix("{") ? "\"x\"}}" : "4}"
      #expect(throws: Never.self) { try Burst(parsing: word + rest) }
    }
  }
}
