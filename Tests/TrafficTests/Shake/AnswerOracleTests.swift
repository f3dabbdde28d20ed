import Testing

@testable import Traffic

struct AnswerOracleTests {
  private static func run(
    _ answers: [String], _ end: CutResult.End = .open, crash: String? = nil, doubt: String? = nil
  ) -> CutRun {
    CutRun(answers: answers.map { Array($0.utf8) }, end: end, crash: crash, doubt: doubt)
  }

  private static func oracle(
    _ control: CutRun = run(["ok\n"]), ignore: [String] = [], pattern: String? = nil
  ) throws -> AnswerOracle {
    AnswerOracle(
      control, blanks: try AnswerBlanks(parsing: ignore),
      pattern: try pattern.map { text throws(SyntaxError) in try Pattern(parsing: text) })
  }

  @Test(
    arguments: [
      (run(["ok\n"]), .same), (run(["ok\n"], .closed), .same), (run(["ok\n"], doubt: "?"), .unproven),
      (run(["bad\n"]), .different), (run(["ok\nok\n"]), .different), (run(["o"]), .different),
      // A wrong answer is wrong whether the cut was proven or not.
      (run(["bad\n"], doubt: "?"), .different),
      (run([""]), .silent), (run([""], .closed), .closed), (run([""], .reset), .reset), (run([]), .silent),
      (run([], .refused), .refused), (run(["ok\n"], crash: "ended by SIGSEGV"), .crash),
      (run([""], .closed, crash: "ended by SIGABRT"), .crash),
    ] as [(CutRun, CutVerdict)])
  func `A connection has its verdict`(run: CutRun, verdict: CutVerdict) throws {
    #expect(try Self.oracle().verdict(of: run) == verdict)
  }

  @Test func `A server for one connection does not crash by ending`() throws {
    let oracle = try Self.oracle(Self.run(["ok\n"], .closed, crash: "exited with status 1"))
    #expect(oracle.verdict(of: Self.run(["ok\n"], .closed, crash: "exited with status 1")) == .same)
  }

  @Test func `Each answer of a dialogue counts`() throws {
    let oracle = try Self.oracle(Self.run(["a", "b"]))
    #expect(oracle.verdict(of: Self.run(["a", "b"])) == .same)
    #expect(oracle.verdict(of: Self.run(["a", "c"])) == .different)
    #expect(oracle.verdict(of: Self.run(["a"])) == .silent)
    #expect(oracle.verdict(of: Self.run(["a", ""], .closed)) == .closed)
  }

  @Test(
    arguments: [
      ("Date: 12:01\r\nok", true), ("Date: 9\r\nok", true), ("Date: 12:01\r\nno", false), ("ok", false),
    ])
  func `What is ignored may be anything`(answer: String, isRight: Bool) throws {
    let oracle = try Self.oracle(Self.run(["Date: 12:00\r\nok"]), ignore: ["/Date: [^\\r]*/"])
    #expect(oracle.isEnough(Array(answer.utf8), to: 0) == isRight)
    #expect(oracle.verdict(of: Self.run([answer])) == (isRight ? .same : .different))
  }

  @Test func `Ignoring takes the longest match, each time that it comes`() throws {
    let blanks = try AnswerBlanks(parsing: ["/id=\\d+/", "/x/"])
    #expect(blanks.blanked(Array("id=12,id=345;axb".utf8)) == Array(",;ab".utf8))
    #expect(blanks.blanked([]) == [])
    #expect(AnswerBlanks.none.blanked([1]) == [1])
  }

  @Test func `A pattern is all that is asked`() throws {
    let oracle = try Self.oracle(Self.run(["200 a"]), pattern: "/200/")
    #expect(oracle.verdict(of: Self.run(["200 b"])) == .same)
    #expect(oracle.verdict(of: Self.run(["400 b"])) == .different)
  }

  @Test func `Nothing makes an answer right that has gone another way`() throws {
    let oracle = try Self.oracle()
    #expect(!oracle.isWrong([], to: 0))
    #expect(!oracle.isWrong(Array("o".utf8), to: 0))
    #expect(oracle.isWrong(Array("b".utf8), to: 0))
    #expect(oracle.isWrong(Array("ok\nx".utf8), to: 0))
    // What is left out may still come.
    #expect(!(try Self.oracle(ignore: ["/b+/"]).isWrong(Array("b".utf8), to: 0)))
  }

  @Test(
    arguments: [
      ([.same], .same), ([.unproven, .same], .same), ([.unproven, .unproven], .unproven),
      ([.different, .different, .different, .different], .different),
      ([.different, .same, .same, .same], .unstable), ([.different, .unproven], .unstable),
      ([.crash, .different], .crash), ([.unproven, .different], .unstable),
    ] as [([CutVerdict], CutVerdict)])
  func `What does not come each time is unstable`(runs: [CutVerdict], verdict: CutVerdict) {
    #expect(CutVerdict(of: runs) == verdict)
  }

  @Test func `The first difference of two uncut answers is told`() throws {
    let oracle = try Self.oracle(Self.run(["Date: 12:00\n"]))
    #expect(oracle.difference(Self.run(["Date: 12:00\n"])) == nil)
    let text = try #require(oracle.difference(Self.run(["Date: 12:01\n"])))
    #expect(text.contains("from byte 10 on"))
    #expect(text.contains(#""Date: 12:01\n""#))
  }
}
