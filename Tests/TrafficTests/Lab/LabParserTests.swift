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

  @Test("the first mistake of a lab is told with its line")
  func refuses() {
    let error = #expect(throws: SyntaxError.self) { try Lab(parsing: "listen 0\n\n  send c 100 # x\nbad") }
    #expect(
      error?.rendered(in: "a.lab") == """
        a.lab:3:10: 100 has no unit: write 100ms, 100us or 100s
          send c 100 # x
                 ^

        """)
  }

  @Test("a byte that is no UTF-8 is refused at its place, and not sent as another")
  func refusesOtherBytes() {
    let bytes = Array("mark ok\nsend c \"\u{e9}".utf8) + [0xe9] + Array("\"\n".utf8)
    let error = #expect(throws: SyntaxError.self) { try Lab(parsing: bytes) }
    #expect(error?.line == 2 && error?.column == 10)
    #expect(error?.message.contains("no UTF-8") == true)
  }

  @Test("an empty lab has no lines", arguments: ["", "\n", "# only\n# comments"])
  func readsNothing(text: String) throws {
    #expect(try Lab(parsing: text).lines.isEmpty)
  }
}
