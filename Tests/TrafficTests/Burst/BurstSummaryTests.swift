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

  @Test(
    "a file is told with its size, or why its bytes cannot be had",
    arguments: [
      ("@a", "10 B: 1 send; @a has 10 B"),
      ("@a*2+\"x\" @a", "21 B, 10 B: 2 sends; @a has 10 B"),
      (
        "(@a /4 gap 1ms)*2",
        "4 B, pause 1 ms, 4 B, pause 1 ms, 2 B, 4 B, …: 6 sends, 20 B in 4 ms; @a has 10 B"
      ),
      (
        "@\"no such\" 1ms oob @a",
        "? B, pause 1 ms, oob 10 B: 2 sends in 1 ms; @no such: is a directory; @a has 10 B"
      ),
      ("@?", "? B: 1 send"), ("@? @a", "? B, 10 B: 2 sends; @a has 10 B"),
      ("@\"no\\x1b[2J\"", "? B: 1 send; @no\u{241b}[2J: is a directory"),
      (
        "@1 @2 @3 @4 @5",
        "10 B, 10 B, 10 B, 10 B, …: 5 sends, 50 B; @1 has 10 B; @2 has 10 B; @3 has 10 B; and 2 more files"
      ),
    ])
  func knowsFiles(text: String, expected: String) throws {
    let summary = try BurstSummary(Burst(parsing: text)) {
      $0 == "?" ? .unknown : $0.hasPrefix("no") ? .failed("is a directory") : .size(10)
    }
    #expect(summary.text == expected)
  }

  @Test("each file is looked at once, and one that makes a send too long is refused")
  func looksOnce() throws {
    let burst = try Burst(parsing: "(@a @b)*9 {@a+@c}/2 shutdown")
    var names: [String] = []
    _ = try BurstSummary(burst) {
      names.append($0)
      return .size(0)
    }
    #expect(names == ["a", "b", "c"])
    #expect(throws: BurstError.sendTooLong(bytes: 3 << 30)) {
      try BurstSummary(burst) { _ in .size(3 << 30) }
    }
  }

  @Test("a burst made by hand past a limit is refused, not added up")
  func refuses() {
    let burst = Burst(steps: [.send(.copies(.copies(.zeros(Int.max), Int.max), Int.max))])
    #expect(throws: BurstError.self) { try burst.summary }
    #expect(throws: BurstError.self) { try BurstSchedule(burst) { _ in [] } }
  }
}
