import Testing

@testable import Traffic

@Suite struct LabParserTests {
  @Test("a lab keeps its lines with their numbers, without comments")
  func reads() throws {
    let lab = try Lab(
      parsing: "\u{feff}# title\r\n\r\n  listen 0 --as s # here\r\nsend c \"#\" # there\n\t\nwait 1s")
    #expect(lab.lines.map(\.number) == [3, 4, 6])
    #expect(lab.lines.map(\.text) == ["listen 0 --as s", "send c \"#\"", "wait 1s"])
    #expect(lab.lines[2].command == .pause(1_000_000_000))
  }

  @Test("every mistake of a lab is told with its line, in the order of the lines")
  func refuses() {
    let error = #expect(throws: LabMistakes.self) {
      try Lab(parsing: "listen 0\n\n  send c 100 # x\nwait 1s\nlisen\t0\r\nwait")
    }
    #expect(error?.count == 3)
    #expect(
      error?.rendered(in: "a.lab") == """
        a.lab:3:10: 100 has no unit: write 100ms, 100us or 100s
          send c 100 # x
                 ^
        a.lab:5:1: unknown command lisen; did you mean listen?
        lisen   0
        ^
        a.lab:6:5: expected a duration, or a session's name
        wait
            ^

        """)
  }

  @Test(
    "of very many mistakes the first twenty are told, and how many more there are",
    arguments: [
      (20, nil), (21, "and 1 more mistake in a.lab"), (1000, "and 980 more mistakes in a.lab"),
    ] as [(Int, String?)])
  func bounds(count: Int, end: String?) {
    let error = #expect(throws: LabMistakes.self) {
      try Lab(parsing: String(repeating: "bad\nwait 1s\n", count: count))
    }
    #expect(error?.count == count && error?.first.map(\.line) == (0..<20).map { 2 * $0 + 1 })
    let lines = error?.rendered(in: "a.lab").split(separator: "\n").map(String.init) ?? []
    #expect(lines.count == 60 + (end == nil ? 0 : 1))
    #expect(lines.last == end ?? "^")
  }

  @Test("a line with a mistake defines nothing, so that its name is free for another")
  func definesNothing() {
    let error = #expect(throws: LabMistakes.self) {
      try Lab(parsing: "define F1 a \"a\ndefine F1 a \"a\"\ndefine F1 b \"b\"")
    }
    #expect(
      error?.first.map(\.message) == ["the string is not closed: expected \"", "F1 sends a already: line 2"])
  }

  @Test("a byte that is no UTF-8 is refused at its place, and not sent as another")
  func refusesOtherBytes() {
    let bytes = Array("mark ok\nsend c \"\u{e9}".utf8) + [0xe9] + Array("\"\n".utf8)
    let error = #expect(throws: LabMistakes.self) { try Lab(parsing: bytes) }
    #expect(error?.first.map { [$0.line, $0.column] } == [[2, 10]])
    #expect(error?.first.first?.message.contains("no UTF-8") == true)
  }

  @Test("an empty lab has no lines", arguments: ["", "\n", "# only\n# comments"])
  func readsNothing(text: String) throws {
    #expect(try Lab(parsing: text).lines.isEmpty)
  }
}
