import Testing

@testable import Recordings
@testable import Traffic

/// A table may pass over rows that a condition leaves out, and never one that it does not.
@Suite("Conditions of SQL")
struct QueryConditionTests {
  private let scratch = ScratchFolder()

  private func rows(_ session: QuerySession, _ condition: String) throws -> [[QueryValue]] {
    try session.rows("SELECT count(*), sum(seq), min(seq), max(seq) FROM records WHERE \(condition)")
  }

  private func sessions(_ count: Int) throws -> [QuerySession] {
    let run = SampleRun(seed: 6)
    run.append(count)
    let (recording, journal) = try run.reopened(in: scratch)
    return [try QuerySession(run.journal), try QuerySession(journal, recording)]
  }

  @Test("A condition on seq gives what it gives without the table's help, whatever it is compared with")
  func sequences() throws {
    let values = [
      "-9223372036854775808", "-5", "-1", "0", "1", "7", "4095", "4096", "4999", "5001", "6000",
      "9223372036854775806", "9223372036854775807", "1e300", "-1e300", "3.5", "7.0", "-0.5", "'7'", "'x'",
      "''", "x'37'", "NULL",
    ]
    let operators = ["=", "<", "<=", ">", ">=", "IS", "IS NOT", "<>"]
    for session in try sessions(5000) {
      for value in values {
        var conditions = operators.map { "seq \($0) \(value)" }
        conditions += ["-1", "7", "4096", "'7'"].map { "seq BETWEEN \(value) AND \($0)" }
        conditions += ["seq IN (\(value), 3)", "seq BETWEEN 0 AND \(value)"]
        conditions += ["seq > \(value) AND socket = 's1'", "seq <= \(value) AND event = 'recv'"]
        for condition in conditions {
          let plain = condition.replacing("seq ", with: "cast(seq AS INTEGER) ").replacing(
            "socket", with: "+socket"
          )
          .replacing("event", with: "+event")
          #expect(try rows(session, condition) == rows(session, plain), "\(condition)")
        }
      }
    }
  }

  @Test(
    "A condition on a text gives what it gives without the table's help, with any collation",
    arguments: [
      "socket = 's1'", "socket = 'S1' COLLATE nocase", "socket = 's1 ' COLLATE rtrim", "socket = 'S1'",
      "socket = 's1' || char(0) || 'x'", "socket = 1", "socket IS 's1'", "socket IN ('s1', 's2')",
      "socket = 's1' AND socket = 's2'", "socket = NULL", "socket = 'none'", "event = 'RECV' COLLATE nocase",
      "event = 'recv ' COLLATE rtrim", "event = 'recv'", "event = 'x'", "event = x'72656376'",
      "socket LIKE 'S1'", "socket = 'S1' COLLATE nocase AND event = 'recv' AND seq > 9",
    ])
  func texts(condition: String) throws {
    let plain = condition.replacing("socket ", with: "+socket ").replacing("event ", with: "+event ")
    for session in try sessions(2000) {
      #expect(try rows(session, condition) == rows(session, plain))
    }
  }
}
