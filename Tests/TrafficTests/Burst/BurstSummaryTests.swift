import Testing

@testable import Traffic

@Suite struct BurstSummaryTests {
  @Test(
    "a summary says in a line what a burst will do",
    arguments: [
      (#""12345" 100ms "a"*50"#, "5 B, pause 100 ms, 50 B: 2 sends in 100 ms"),
      (#""a""#, "1 B: 1 send"),
      (#""a" 1.5s"#, "1 B, pause 1.5 s: 1 send in 1.5 s"),
      (
        #"("ab")*1000000 every 1ms"#,
        "2 B, pause 1 ms, 2 B, pause 1 ms, 2 B, pause 1 ms, 2 B, …: 1000000 sends, 2000000 B in 999.999 s"
      ),
      (#""abcde"/2 gap 250us close"#, "2 B, pause 250 µs, 2 B, pause 250 µs, 1 B, close: 3 sends in 500 µs"),
      (#"oob "!" @file"#, "oob 1 B, ? B: 2 sends"),
      ("@file /10", "? B: at least 1 send"),
      (#"("%{n}")*9"#, "? B, ? B, ? B, ? B, …: 9 sends, at least 9 B"),
      (#""%{crc16}%{rand:3}%{xor8:hex}""#, "7 B: 1 send"),
      ("zeros(1G)/1", "1 B, 1 B, 1 B, 1 B, …: 1073741824 sends, 1073741824 B"),
      ("1s", "pause 1 s: 0 sends in 1 s"),
      ("((1ns)*1000000000)*1000 \"a\"", "pause 1000 s, 1 B: 1 send in 1000 s"),
    ])
  func says(text: String, expected: String) throws {
    #expect(try Burst(parsing: text).summary.text == expected)
  }

  @Test("with the size of its file a summary is exact")
  func knowsFiles() throws {
    let summary = try BurstSummary(Burst(parsing: "@file*2"), fileSize: { _ in 10 })
    #expect(summary.text == "20 B: 1 send")
    #expect(summary.measure.bytes == 20)
  }

  @Test("a burst made by hand past a limit is refused, not added up")
  func refuses() {
    let burst = Burst(steps: [.send(.copies(.copies(.zeros(Int.max), Int.max), Int.max))])
    #expect(throws: BurstError.self) { try burst.summary }
    #expect(throws: BurstError.self) { try BurstSchedule(burst) { _ in [] } }
  }
}
