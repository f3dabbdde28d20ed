import Testing

@testable import Recordings
@testable import Traffic

@Suite("What was added up when it was recorded")
struct QuerySumsTests {
  private let scratch = ScratchFolder()

  @Test(
    "whys says the same of a run, of its recording, and as the calls returned: also of peeked and urgent bytes"
  )
  func same() throws {
    let run = SampleRun(seed: 12)
    run.append(9000)
    let urgent = Record.recv(
      SocketID(0), from: 1, to: 2, asked: 1, result: 1, flags: [.outOfBand], conditions: [])
    ([7] as [UInt8]).withUnsafeBytes { _ = run.writer.append(urgent, payload: $0) }
    let (recording, journal) = try run.reopened(in: scratch)
    let (live, recorded) = (try QuerySession(run.journal), try QuerySession(journal, recording))
    let sums = "SELECT * FROM whys ORDER BY socket, why"
    let calls = """
      SELECT socket, why, count(*), coalesce(sum(returned), 0), sum(waited), max(waited) FROM chunks GROUP BY 1, 2 ORDER BY 1, 2
      """
    let found = try live.rows(sums)
    #expect(found.count > 20)
    #expect(try recorded.rows(sums) == found)
    #expect(try recorded.rows(calls) == found)
    #expect(
      try recorded.rows("SELECT sum(bytes) FROM whys") == live.rows("SELECT sum(returned) FROM chunks"))
  }
}
