import Testing
import Traffic

@Suite("trials N [recv=SIZES]")
struct TrialsParserTests {
  @Test(
    "reads as the contract says",
    arguments: [
      ("trials 300", .trials(300, sizes: [])), ("trials 1k # often", .trials(1024, sizes: [])),
      ("trials 10 recv=1,10,1k,64k", .trials(10, sizes: [1, 10, 1024, 65_536])),
      ("trials 1 recv=7", .trials(1, sizes: [7])), ("trials 1000000", .trials(1_000_000, sizes: [])),
    ] as [(String, Command)])
  func reads(line: String, command: Command) throws { #expect(try Command(parsing: line) == command) }

  @Test(
    "points at what is wrong",
    arguments: [
      ("trials", 7, "a number of runs"), ("trials 0", 8, "at least 1"), ("trials x", 8, "a number of runs"),
      ("trials 1000001", 8, "at most 1000000"), ("trials -5", 8, "a number of runs"),
      ("trials 10 recv=0", 16, "at least 1"), ("trials 10 recv=", 16, "a size"),
      ("trials 10 recv=1,,2", 18, "a size"), ("trials 10 recv=1,10,1", 21, "twice"),
      ("trials 10 recv=1,x", 18, "a size"), ("trials 10 send=1", 11, "expected recv="),
      ("trials 10 recv=1 2", 18, "takes no more"), ("trials recv=1", 8, "a number of runs"),
      ("trials 5 recv=3G", 15, "at most"),
    ])
  func mistakes(line: String, column: Int, words: String) {
    #expect {
      _ = try Command(parsing: line)
    } throws: { error in
      guard let error = error as? SyntaxError else { return false }
      return error.column == column && error.message.contains(words)
    }
  }

  @Test("So many sizes are too many")
  func sizes() throws {
    let many = (1...65).map(String.init).joined(separator: ",")
    #expect(throws: SyntaxError.self) { try Command(parsing: "trials 1 recv=\(many)") }
    _ = try Command(parsing: "trials 1 recv=\((1...64).map(String.init).joined(separator: ","))")
  }

  @Test("It is the prompt's, and no line of a lab or an answer")
  func place() {
    #expect(throws: LabMistakes.self) { try Lab(parsing: "trials 10") }
    #expect(throws: SyntaxError.self) { try Command(parsing: "on server \"x\" do trials 10") }
    #expect(CommandRule.rule(named: "trials")?.place == .prompt)
  }
}
