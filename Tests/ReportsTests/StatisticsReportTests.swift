import Foundation
import Reports
import Testing
import Traffic

@Suite("Statistics are printed")
struct StatisticsReportTests {
  private let run = SampleRun()

  /// Four calls, three of them with bytes, the arrival of one of these unknown; then somebody asks.
  private func ask(_ text: String, of socket: SocketID) {
    for (size, time, arrived) in [
      (64, 1_000_000, 999_000), (10, 3_000_000, nil), (10, 4_000_000, 3_998_000), (0, 5_000_000, nil),
    ]
      as [(Int32, Int64, Int64?)]
    {
      var record = Record.recv(
        run.connection, from: time - 500, to: time, asked: 64, result: size, flags: [], conditions: [])
      (record.arrived, record.queued) = (arrived, 0)
      run.append(record, [UInt8](repeating: 1, count: Int(size)))
    }
    run.append(.statistics(socket, at: 6_000_000), Array(text.utf8))
    run.append(.close(run.connection, .normal, from: 7_000_000, to: 7_000_000))
  }

  @Test("In lines, each with its unit, and what nobody knows is told")
  func lines() {
    ask("stats", of: run.connection)
    let text = run.text(PlainText(version: "9.9"), showing: [.mark])
    #expect(
      text == """
           0.006 000  server.1    stats     4 recv 84 B in 4.00 ms; 20 KiB/s received
                      recv size    min 10 B  p50 10 B  p90 64 B  p99 64 B  max 64 B  of 3
                      recv gap     min 1.00 ms  p50 1.00 ms  p90 2.00 ms  p99 2.00 ms  max 2.00 ms  of 2
                      recv waited  min 500 ns  p50 500 ns  p90 500 ns  p99 500 ns  max 500 ns  of 4
                      dwell        min 1.0 µs  p50 1.0 µs  p90 2.0 µs  p99 2.0 µs  max 2.0 µs  of 2; — for 1 of 3
                      why          drained 2 (50 %), eof 1 (25 %), exact 1 (25 %)

        """, "\(text)")
  }

  @Test("As one JSON object, where it is asked for and where all is JSON", arguments: [true, false])
  func json(isAskedFor: Bool) throws {
    ask(isAskedFor ? "stats --json" : "stats", of: .none)
    let text =
      isAskedFor
      ? run.text(PlainText(version: "9.9"), showing: [.mark])
      : run.text(JSONLines(version: "9.9", encoding: .none), showing: [.mark])
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(object["event"] as? String == "stats")
    #expect(object["socket"] is NSNull)
    #expect(object["recv_bytes"] as? Int == 84)
    #expect(object["whys"] as? [String: Int] == ["drained": 2, "exact": 1, "eof": 1])
    let sizes = try #require(object["recv_size"] as? [String: Any])
    #expect(sizes["p50"] as? Int == 10)
    #expect(sizes["buckets"] as? [[Int]] == [[10, 19, 2], [50, 99, 1]])
    let dwell = try #require(object["dwell"] as? [String: Any])
    #expect(dwell["unknown"] as? Int == 1)
    #expect((object["message_size"] as? [String: Any])?["p50"] is NSNull)
    let line = try #require(object["timeline"] as? [String: Any])
    #expect(line["received"] as? [Int] == [64, 0, 10, 10])
    #expect(line["width"] as? Int == 1_000_000)
  }

  @Test("Only what passes the filter counts, and the answer is printed though it does not pass itself")
  func filtered() throws {
    ask("stats", of: run.connection)
    var printer = Printer(
      run.journal, PlainText(version: "9.9"), shown: [.recv, .mark],
      filter: try Filter(parsing: "returned>10"), showsEvicted: false)
    var output = ByteBuffer()
    repeat { printer.fill(&output, upTo: .max, at: 0) } while !printer.isAtEnd
    let text = output.text
    #expect(text.contains("1 recv 64 B, where returned>10\n"), "\(text)")
  }
}
