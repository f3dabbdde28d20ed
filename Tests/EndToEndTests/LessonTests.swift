import Foundation
import Testing

@Suite("A lesson without a screen")
struct LessonTests {
  private static let lines = [
    "say \"Two calls.\"", "ask \"What does the first recv return?\" 5 | 10 | 15 \"all of it\"",
    "hint \"Wait.\"",
    "discuss", "listen 0 --as s --recv 10", "connect s --as c --mode manual",
    "send c \"12345\" 50ms \"1234567890\"",
    "wait s.1 bytes 15", "reveal by s.1 recv #1 because \"It returns what is there.\"", "step",
    "ask \"How many in all?\" 15 | 10", "reveal by s.1 bytes because \"Nothing is lost.\"",
  ]

  private static func run(_ lines: [String] = lines, _ options: [String]) throws -> Outcome {
    try Program.run(["run"] + lines.flatMap { ["-e", $0] } + options)
  }

  @Test(
    "goes on to its end, whatever it is answered",
    arguments: [([], [Int]()), (["--answers", "1,1"], [1, 1, 1]), (["--answers", "3"], [3, 3])])
  func answers(options: [String], answers: [Int]) throws {
    let outcome = try Self.run(options: options + ["--json"])
    #expect(outcome.exitCode == 0, "\(outcome.errorText)")
    let asked = try outcome.events.of("ask")
    #expect(asked.compactMap(\.choices) == [["5", "10", "all of it"], ["15", "10"]])
    #expect(try outcome.events.of("answer").compactMap(\.choice) == answers)
    #expect(
      try outcome.events.of("answer").compactMap(\.round) == [1, 2, 1].prefix(answers.count).map { $0 })
    let revealed = try outcome.events.of("reveal")
    #expect(revealed.compactMap(\.choice) == [1, 1] && revealed.allSatisfy { $0.ok == true })
    #expect(revealed.compactMap(\.got) == ["5", "15"])
  }

  private static func run(options: [String]) throws -> Outcome { try run(lines, options) }

  @Test("says calmly where the kernel does otherwise, shows what happened, and goes on")
  func otherwise() throws {
    var lines = Self.lines
    lines[1] = "ask \"What does the first recv return?\" 6..9 \"some\" | 10"
    let outcome = try Self.run(lines, [])
    #expect(outcome.exitCode == 1)
    #expect(
      outcome.errorText
        == "recvscope: line 9: reveal by s.1 recv #1: it gave 5, which is none of the choices; this kernel does otherwise than the lesson says\n"
    )
    #expect(outcome.text.contains("bytes gave 15: choice 1. Nothing is lost."))
  }

  @Test(
    "refuses answers that are none",
    arguments: [
      ("3,3", "question 2 has the choices 1 to 2, and 3 is none of them"),
      ("1,1,1", "3 answers to 2 questions"),
      ("0", "question 1 has the choices 1 to 3, and 0"), ("1,,2", "expected numbers of choices with commas"),
    ])
  func mistakes(answers: String, message: String) throws {
    let outcome = try Self.run(options: ["--answers", answers])
    #expect(outcome.exitCode == 2)
    #expect(outcome.errorText.contains(message), "\(outcome.errorText)")
  }

  @Test("A lab asks nothing")
  func lab() throws {
    let outcome = try Self.run(["listen 0"], ["--answers", "1"])
    #expect(outcome.exitCode == 2 && outcome.errorText.contains("it is no lesson"))
  }
}
