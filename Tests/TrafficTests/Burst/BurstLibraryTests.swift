import Testing
import Traffic

@Suite("The library of bursts")
struct BurstLibraryTests {
  private func burst(_ label: String, _ text: String = "\"a\"") throws -> NamedBurst {
    try NamedBurst(BurstLabel(parsing: label), text: text)
  }

  private func library(own: [String], lab: [String] = []) throws -> BurstLibrary {
    BurstLibrary(own: try own.map { try burst($0) }, lab: try lab.map { try burst($0) })
  }

  @Test(
    "A label is a key and a name",
    arguments: [
      ("F2 hello", 2, "hello"), ("f12 GET /", 12, "GET /"), ("  hello  ", nil, "hello"),
      ("F2hello", nil, "F2hello"),
      ("F #1", nil, "F #1"), ("# é", nil, "# é"),
      ("F2 \"my burst\"", 2, "my burst"), (" \"a b\" ", nil, "a b"), ("\"\\\"q\\\"\"", nil, "\"q\""),
    ] as [(String, Int?, String)])
  func labels(text: String, key: Int?, name: String) throws {
    let label = try BurstLabel(parsing: text)
    #expect(label.key == key && label.name == name)
    #expect(try BurstLabel(parsing: label.text) == label)
  }

  @Test(
    "What is no label is refused with its place",
    arguments: [
      ("", 1, "expected a name"), ("F2", 3, "expected a name"), ("F0 x", 1, "from F1 to F12"),
      (" F13 x", 2, "from F1 to F12"), ("F1 F2", 4, "F2 is a key"), ("a\u{202e}b", 1, "can be seen"),
      ("\"my burst\"hi", 11, "nothing behind"), ("\"open", 6, "not closed"),
      ("F1 \u{1b}[2J", 4, "can be seen"), (String(repeating: "x", count: 41), 1, "at most 40"),
    ])
  func mistakes(text: String, column: Int, message: String) {
    let error = #expect(throws: SyntaxError.self) { try BurstLabel(parsing: text) }
    #expect(error?.column == column)
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
  }

  @Test("The lab's burst stands before the user's with its name or key, and keys come in order")
  func lab() throws {
    let library = try library(own: ["F3 slow", "F1 hello", "plain", "F2 both"], lab: ["F1 other", "both"])
    #expect(library.all.map(\.label.text) == ["F1 other", "F3 slow", "both", "hello", "plain"])
    #expect(library.isLabs("both") && !library.isLabs("hello"))
    #expect(library.burst(key: 1)?.name == "other" && library.burst(key: 2) == nil)
    #expect(library.own.map(\.label.text) == ["F3 slow", "F1 hello", "plain", "F2 both"])
  }

  @Test(
    "A change leaves one burst for a name and one for a key",
    arguments: [
      ("F1 new", nil, "a, F2 b, F1 new"), ("F1 b", nil, "a, F1 b"), ("b", "a", "b"), ("c", "b", "F1 a, c"),
      ("F2 a", "a", "F2 a, b"), ("c", "gone", "F1 a, F2 b, c"),
    ] as [(String, String?, String)])
  func changes(label: String, old: String?, wanted: String) throws {
    var library = try library(own: ["F1 a", "F2 b"])
    library.apply(.put(try burst(label), replacing: old))
    #expect(library.own.map(\.label.text).joined(separator: ", ") == wanted)
  }

  @Test("A burst is taken away by its name")
  func removes() throws {
    var library = try library(own: ["F1 a", "F2 b"])
    library.apply(.remove("a"))
    library.apply(.remove("nobody"))
    #expect(library.all.map(\.name) == ["b"])
  }

  @Test("What was sent becomes a burst with the pauses between the calls")
  func recorded() throws {
    var sends = RecordedSends()
    #expect(sends.burst == nil)
    sends.append(Array("12345".utf8), start: 5_000_100)
    sends.append(Array(repeating: 0x61, count: 50), start: 105_000_400)
    sends.append(Array(repeating: 0, count: 1000), start: 105_000_450)
    sends.append([0xff], start: 105_002_000, flag: .outOfBand)
    #expect(sends.burst?.text == "\"12345\" 100ms \"a\"*50 zeros(1000) 2us oob 0xff")
    #expect(sends.count == 4 && sends.bytes == 1056)
  }
}
