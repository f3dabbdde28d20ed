import Testing

@testable import Screens
@testable import Traffic

@Suite("What watched programs write")
struct OutputTests {
  /// The lines that become of what a program wrote, in pieces.
  private static func lines(_ pieces: [[UInt8]]) -> [String] {
    let writer = JournalWriter(wall: 0)
    let program = writer.add(SocketInfo(name: "app", kind: .tcp, role: .program))
    var output = OutputState()
    for piece in pieces {
      piece.withUnsafeBytes { _ = writer.append(.output(program, at: 1, .terminal), payload: $0) }
      output.look([program], writer.journal)
    }
    return output.lines.map { String(String.UnicodeScalarView($0.text)) }
  }

  @Test(
    "A line is what a terminal would show of it",
    arguments: [
      ("one\ntwo\r\nthree", ["one", "two", "three"]),
      ("one\n\ntwo\n", ["one", "", "two"]),
      ("10 %\r100 %", ["100 %"]), ("100 %\r99", ["990 %"]),
      ("100 %\r\u{1b}[K10", ["10"]), ("abc\u{8}\u{8}X", ["aXc"]), ("a\tb\tc", ["a       b       c"]),
      ("\u{1b}[1;31mred\u{1b}[0m \u{1b}]0;title\u{7}end", ["red end"]),
      ("\u{1b}]0;title\u{1b}\\end \u{1b}(Bplain\u{7}", ["end plain"]), ("żółw 漢", ["żółw 漢"]),
    ])
  func discipline(text: String, lines: [String]) {
    #expect(Self.lines([Array(text.utf8)]) == lines)
    #expect(Self.lines(text.utf8.map { [$0] }) == lines)
  }

  @Test("Bytes that are no UTF-8 are told, and controls are left to the canvas")
  func broken() {
    #expect(Self.lines([[0x61, 0xc3, 0x62, 0xff, 0x63]]) == ["a\u{fffd}b\u{fffd}c"])
    #expect(Self.lines([[0x61, 0x01]]) == ["a\u{1}"])
  }

  @Test("A line without an end, and lines without number, take no memory without bounds")
  func bounds() {
    #expect(Self.lines([Array(repeating: 0x61, count: 100_000)]) == [String(repeating: "a", count: 4096)])
    let many = Self.lines(Array(repeating: Array(repeating: 0x0a, count: 10_000), count: 10))
    #expect(many.count <= 2500)
  }

  @Test("It scrolls, stays, and follows again at the end")
  func scrolling() {
    let writer = JournalWriter(wall: 0)
    let program = writer.add(SocketInfo(name: "app", kind: .tcp, role: .program))
    for number in 1...50 { SampleJournals.output(writer, program, at: 1, "line \(number)\n") }
    var model = press("O", writer.journal).model
    func shows(_ text: String) -> Bool { view(model, writer.journal).grid.text.contains("\(text) ") }
    #expect(shows("line 50") && !shows("line 44"))
    _ = model.update(.key(Chord("k")), writer.journal)
    #expect(shows("line 49") && !shows("│ line 50") && shows("↓ more"))
    SampleJournals.output(writer, program, at: 2, "line 51\n")
    _ = model.update(.journalChanged, writer.journal)
    #expect(!shows("│ line 51") && shows("│ line 49"))
    _ = model.update(.key(Chord("g")), writer.journal)
    #expect(shows("│ line 1") && shows("│ line 6"))
    _ = model.update(.key(Chord("G")), writer.journal)
    #expect(shows("│ line 51") && !shows("↓ more"))
  }

  @Test("Its keys are there while a program is, and type to the one that asks")
  func keys() throws {
    let none = SampleJournals.recvReturns()
    #expect(!view(press("", none).model, none).grid.text.contains("O output"))
    let refused = view(press("O", none).model, none).grid.text
    #expect(refused.contains("output: no program is watched; : watch \"COMMAND\" starts one"))
    let journal = SampleJournals.watch()
    #expect(view(press("", journal).model, journal).grid.text.contains("O output"))
    let typing = press("O s \"no\\n\" enter", journal)
    #expect(typing.effects == [.perform(.type("client", try Burst(parsing: #""no\n""#)))])
  }

  @Test("What is a program's own is not offered for its sockets")
  func notOurs() {
    let journal = SampleJournals.watch()
    let (_, model) = press("n n", journal)
    #expect(model.sendTarget == nil)
    for action in [Action.close, .pauseReceiving, .options, .acceptOnce] {
      #expect(model.obstacle(action)?.contains("recvscope only sees them") == true)
    }
  }
}
