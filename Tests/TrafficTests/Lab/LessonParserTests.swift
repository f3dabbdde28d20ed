import Testing

@testable import Traffic

@Suite("What makes a lab a lesson")
struct LessonParserTests {
  @Test(
    "reads as the contract says",
    arguments: [
      ("say \"Watch the server.\" # quietly", .say("Watch the server.")), ("step", .step),
      ("discuss", .discuss),
      ("hint \"Who waits?\"", .hint("Who waits?")),
      (
        "ask \"How many?\" 5 | 10|55 \"all\"",
        .question(
          Question(
            "How many?",
            [
              Choice(.results([.returned(5)])), Choice(.results([.returned(10)])),
              Choice(.results([.returned(55)]), label: "all"),
            ]))
      ),
      (
        "ask \"What?\" 5 10 0 | EAGAIN \"it fails\" | 1..9",
        .question(
          Question(
            "What?",
            [
              Choice(.results([.returned(5), .returned(10), .returned(0)])),
              Choice(.results([.failed("EAGAIN")]), label: "it fails"), Choice(.count(1...9)),
            ]))
      ),
      (
        "ask \"How long?\" 0ms..1ms \"at once\" | 20ms..60ms \"40 ms\"",
        .question(
          Question(
            "How long?",
            [
              Choice(.time(0..<1_000_000), label: "at once"),
              Choice(.time(20_000_000..<60_000_000), label: "40 ms"),
            ]))
      ),
      (
        "ask \"Ready?\" none | readable writable",
        .question(Question("Ready?", [Choice(.ready([])), Choice(.ready([.readable, .writable]))]))
      ),
      (
        "reveal by server.1 recv #1 because \"It returns.\"",
        .reveal(Reveal(by: "server.1", .call(.recv, 1), because: "It returns."))
      ),
      (
        "reveal by c send #12 waited because \"Nagle.\" # tcp(7)",
        .reveal(Reveal(by: "c", .waited(.send, 12), because: "Nagle."))
      ),
      ("reveal by s recv because \"So.\"", .reveal(Reveal(by: "s", .calls(.recv), because: "So."))),
      ("reveal by s ready because \"So.\"", .reveal(Reveal(by: "s", .ready, because: "So."))),
      ("again", .again([])), ("again --recv 4 --mode poll", .again([.size(4), .mode(.poll)])),
      ("labs", .labs),
    ] as [(String, Command)])
  func reads(line: String, command: Command) throws { #expect(try Command(parsing: line) == command) }

  @Test("a condition ends before because")
  func condition() throws {
    let command = try Command(parsing: "reveal by s records where why=drained and asked>1 because \"So.\"")
    #expect(
      command
        == .reveal(Reveal(by: "s", .records(try Filter(parsing: "why=drained and asked>1")), because: "So.")))
  }

  @Test(
    "a mistake is refused with its column and what was expected",
    arguments: [
      ("say hello", 5, "expected a text in double quotes"), ("say \" \"", 5, "expected a text"),
      ("say \"a\\nb\"", 5, "no control characters"), ("say \"\\xff\"", 5, "UTF-8"),
      ("say \"a\" b", 9, "unexpected b"),
      ("ask \"Q\"", 8, "expected a choice"), ("ask \"Q\" 5", 10, "expected | and another choice"),
      ("ask \"Q\" 5 |", 12, "expected a choice"), ("ask \"Q\" \"five\" | 6", 9, "expected before its words"),
      ("ask \"Q\" 5 | 5", 13, "two right answers"),
      ("ask \"Q\" 5 | 1..9 \"few\"", 13, "choice 1 (5) is right too"),
      ("ask \"Q\" 1..9 | 5..20", 16, "two right answers"),
      ("ask \"Q\" 1ms..9ms | 8ms..20ms", 20, "two right answers"),
      ("ask \"Q\" 9ms..9ms | 5", 9, "expected the smaller first"),
      ("ask \"Q\" 5 | five", 13, "expected a number of bytes"),
      ("ask \"Q\" 9..1 | 5", 9, "expected the smaller first"),
      ("ask \"Q\" readable no | none", 18, "expected readable"),
      ("ask \"Q\" 5 \"a\" 6 | 7", 15, "expected | and another choice"),
      ("ask \"Q\" 1|2|3|4|5|6|7|8|9|10", 27, "at most 9 choices"),
      ("reveal", 7, "expected by"), ("reveal by s recv #0 because \"x\"", 19, "from 1"),
      ("reveal by s recv #1", 20, "expected because"),
      ("reveal by s wait because \"x\"", 13, "expected recv"),
      ("step 2", 6, "unexpected 2"), ("again server", 7, "expected an option"),
      ("on s \"a\" do step", 13, "a rule cannot do this"),
    ] as [(String, Int, String)])
  func refuses(line: String, column: Int, message: String) {
    let error = #expect(throws: SyntaxError.self) { try Command(parsing: line) }
    #expect(error?.column == column)
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
  }

  @Test(
    "what stands outside its place is refused with its line",
    arguments: [
      ("step\nhint \"h\"", 2, "a hint stands behind its ask"), ("discuss", 1, "discuss stands behind an ask"),
      ("reveal by s bytes because \"x\"", 1, "nothing was asked"),
      ("ask \"Q\" 1 | 2\nask \"R\" 1 | 2", 2, "the question of line 1 comes first"),
      ("ask \"Q\" 1 | 2\ndiscuss\n\ndiscuss", 4, "line 2 says discuss already"),
      ("\nask \"Q\" 1 | 2", 2, "has no reveal"),
      (
        "ask \"Q\" 1 | none\nreveal by s recv #1 because \"x\"", 2,
        "choice 2 of line 1: none is nothing that recv #1"
      ),
      ("ask \"Q\" 1 2 | 2\nreveal by s recv #1 because \"x\"", 2, "choice 1 of line 1"),
      ("ask \"Q\" EAGAIN | 2\nreveal by s bytes because \"x\"", 2, "choice 1 of line 1"),
      ("again", 1, "for the workbench's : prompt"), ("labs", 1, "for the workbench's : prompt"),
    ])
  func places(lab: String, line: Int, message: String) {
    let mistakes = #expect(throws: LabMistakes.self) { try Lab(parsing: lab) }
    #expect(mistakes?.count == 1)
    #expect(mistakes?.first.first?.line == line)
    #expect(
      mistakes?.first.first?.message.contains(message) == true, "\(mistakes?.first.first?.message ?? "")")
  }

  @Test("a question that cannot be read makes no mistake of what stands behind it")
  func oneMistake() {
    let mistakes = #expect(throws: LabMistakes.self) {
      try Lab(parsing: "ask \"Q\" 1\nhint \"h\"\nreveal by s bytes because \"x\"")
    }
    #expect(mistakes?.first.map(\.line) == [1])
  }

  @Test("again gives every session other values, as far as they fit it")
  func again() throws {
    let lab = try Lab(
      parsing:
        "listen 0 --as s --recv 10\nconnect s --nodelay\nlisten 0 --udp\nmark x\nlisten 0 --edge --mode epoll"
    )
    let changed = lab.with([.size(4), .noDelay(false), .mode(.poll)])
    let expected = try Lab(
      parsing:
        "listen 0 --as s --recv 4 --nodelay off --mode poll\nconnect s --nodelay off --recv 4 --mode poll\nlisten 0 --udp --recv 4 --mode poll\nmark x\nlisten 0 --edge --mode epoll --recv 4 --nodelay off"
    )
    #expect(changed.lines.prefix(4).map(\.command) == expected.lines.prefix(4).map(\.command))
  }
}
