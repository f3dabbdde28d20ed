import Foundation
import Testing

@Suite("trials: how often each outcome came")
struct TrialsTests {
  private static let race = [
    "-e", "listen 0 --as server --recv 10", "-e", "connect server --as client",
    "-e", #"send client "12345" "a"*50 close"#, "-e", "wait server.1 end", "-e", "expect server.1 recv 55",
  ]

  @Test("Every run is counted once, and only outcomes that can be come")
  func counts() throws {
    let outcome = try Program.run(["trials"] + Self.race + ["-n", "40", "--json"])
    #expect(outcome.exitCode == 0, "\(outcome)")
    struct Row: Decodable {
      var socket: String
      var outcome: [String]
      var count: Int
      var runs: Int
    }
    let rows = try outcome.lines.map { try JSONDecoder().decode(Row.self, from: Data($0.utf8)) }
    #expect(rows.map(\.count).reduce(0, +) == 40)
    for row in rows {
      #expect(row.socket == "server.1" && row.runs == 40)
      #expect(row.outcome.last == "0")
      #expect(row.outcome.compactMap { Int($0) }.reduce(0, +) == 55)
    }
  }

  @Test("A table has a bar for each outcome's share")
  func table() throws {
    let outcome = try Program.run(["trials"] + Self.race + ["-n", "10"])
    #expect(outcome.lines.first == "server.1: recv returned, in 10 runs")
    #expect(outcome.lines.dropFirst().allSatisfy { $0.contains("%") && $0.contains("█") })
    #expect(outcome.errorText.isEmpty)
  }

  @Test("A sweep gives a line for each size, with as many calls as the size needs")
  func sweep() throws {
    let lab = [
      "-e", "listen 0 --as server", "-e", "connect server --as client", "-e",
      "send client zeros(10000) close",
      "-e", "wait server.1 end", "-e", "expect server.1 bytes 10000",
    ]
    let outcome = try Program.run(["trials"] + lab + ["--sweep", "recv=10,100,1k", "--json"])
    struct Row: Decodable {
      var recv: Int
      var calls: Int
      var bytes: Int
    }
    let rows = try outcome.lines.map { try JSONDecoder().decode(Row.self, from: Data($0.utf8)) }
    #expect(rows.map(\.recv) == [10, 100, 1024])
    #expect(rows.allSatisfy { $0.bytes == 10_000 && $0.calls > 10_000 / $0.recv })
    #expect(rows[0].calls > rows[1].calls && rows[1].calls > rows[2].calls)
  }

  @Test("A sweep's time is that of the data, not of waiting for the first byte or the end")
  func sweepTime() throws {
    let lab = [
      "-e", "listen 0 --as server", "-e", "connect server --as client", "-e", "wait 300ms", "-e",
      "send client zeros(1k) 400ms close", "-e", "wait server.1 end", "-e", "expect server.1 bytes 1024",
    ]
    let outcome = try Program.run(["trials"] + lab + ["--sweep", "recv=1k", "--json"])
    struct Row: Decodable {
      var bytes: Int
      var ns: Int
    }
    let row = try JSONDecoder().decode(Row.self, from: Data(#require(outcome.lines.first).utf8))
    #expect(row.bytes == 1024 && row.ns > 0 && row.ns < 300_000_000, "\(row)")
  }

  @Test(
    "Bad input is refused with a sentence",
    arguments: [
      (["-n", "0"], "1 or more"), (["--sweep", "send=1"], "recv="), (["--sweep", "recv=1,,2"], "recv="),
      (["-n", "many"], "many"),
    ])
  func mistakes(_ arguments: [String], _ word: String) throws {
    let outcome = try Program.run(["trials"] + Self.race + arguments)
    #expect(outcome.exitCode == 2)
    #expect(outcome.errorText.contains(word), "\(outcome.errorText)")
  }

  @Test("A lab without an expect has nothing to count")
  func nothingExpected() throws {
    let outcome = try Program.run(["trials", "-e", "listen 0"])
    #expect(outcome.exitCode == 2)
    #expect(outcome.errorText.contains("no `expect`"))
  }
}
