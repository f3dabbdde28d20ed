import Testing

@testable import Traffic

@Suite struct BurstScheduleTests {
  private struct NoFile: Error {}

  private func schedule(_ text: String, seed: UInt64 = 0) throws -> BurstSchedule {
    try BurstSchedule(Burst(parsing: text), seed: seed) { name in
      guard name == "file" else { throw NoFile() }
      return Array("contents".utf8)
    }
  }

  private func line(_ action: ScheduledAction) -> String {
    let what =
      switch action.action {
      case .send(let bytes): String(decoding: bytes, as: UTF8.self)
      case .sendFlagged(let bytes, let flag): "\(flag.rawValue):" + String(decoding: bytes, as: UTF8.self)
      case .cork: "[cork]"
      case .uncork: "[uncork]"
      case .shutdown: "[shutdown]"
      case .close: "[close]"
      case .reset: "[reset]"
      }
    return "\(action.time / 1_000_000):\(what)"
  }

  @Test(
    "another speed stretches every pause, gap and period, and the times that payloads tell",
    arguments: [
      (0.5, "0:a 20:b 20:[cork] 20:[uncork] 40:cd 60:ef 100:x 140:x", 180),
      (2.0, "0:a 5:b 5:[cork] 5:[uncork] 10:cd 15:ef 25:x 35:x", 45),
    ])
  func speed(_ speed: Double, expected: String, end: Int) throws {
    var schedule = try schedule(
      #""a" 10ms "b" cork uncork at 20ms "cdef"/2 gap 10ms 20ms ("x")*2 every 20ms 20ms"#)
    schedule.speed = speed
    var lines: [String] = []
    while let action = schedule.next() { lines.append(line(action)) }
    #expect(lines.joined(separator: " ") == expected)
    #expect(schedule.time == Nanoseconds(end) * 1_000_000 && schedule.length == schedule.time)
    var telling = try self.schedule(#"10ms "%{time}""#)
    telling.speed = 0.001
    #expect(telling.next()?.action == .send(Array("10000000000".utf8)))
  }

  @Test(
    "each action comes at its time, in milliseconds here",
    arguments: [
      (#""12345" 100ms "aa""#, "0:12345 100:aa", 100),
      (#""a" 10ms "b" at 50ms "c" 5ms"#, "0:a 10:b 50:c", 55),
      (#"("a" 10ms)*3 "b""#, "0:a 10:a 20:a 30:b", 30),
      (#"("a")*3 every 10ms "b""#, "0:a 10:a 20:a 20:b", 20),
      (#"5ms ("a" 2ms "b")*2 every 10ms close"#, "5:a 7:b 15:a 17:b 17:[close]", 17),
      (#"5ms ("a" at 3ms "b")*2"#, "5:a 8:b 8:a 11:b", 11),
      (#""abcde"/2"#, "0:ab 0:cd 0:e", 0),
      (#""abcde"/2 gap 10ms 1ms "f""#, "0:ab 10:cd 20:e 21:f", 21),
      (#"""/2"#, "0:", 0),
      (#"""*2147483647"#, "0:", 0),
      (#"("abc"/2 gap 1ms)*2"#, "0:ab 1:c 1:ab 2:c", 2),
      (
        #"oob "!" cork "a"+"b"*2 uncork shutdown reset"#,
        "0:oob:! 0:[cork] 0:abb 0:[uncork] 0:[shutdown] 0:[reset]", 0
      ),
      (#"@file+"!" {"a"+"b"}*2"#, "0:contents! 0:abab", 0),
      ("((1ns)*1000000000)*1000000 \"a\"", "1000000000:a", 1_000_000_000),
    ])
  func plays(text: String, expected: String, end: Int) throws {
    var schedule = try schedule(text)
    var lines: [String] = []
    var steps: [Int] = []
    while let action = schedule.next() {
      lines.append(line(action))
      steps.append(action.step)
    }
    #expect(lines.joined(separator: " ") == expected)
    #expect(schedule.time == Nanoseconds(end) * 1_000_000)
    #expect(steps == Array(0..<lines.count))
    #expect(schedule.measure.actions == lines.count)
    #expect(schedule.measure.length == schedule.time)
  }

  @Test("made-up bytes count up, are zero, or follow their seed")
  func makesUp() throws {
    func bytes(_ text: String, seed: UInt64 = 0) throws -> [[UInt8]] {
      try schedule(text, seed: seed).map { if case .send(let bytes) = $0.action { bytes } else { [] } }
    }
    #expect(try bytes("zeros(3)") == [[0, 0, 0]])
    #expect(try bytes("count(258)") == [Array(UInt8.min...UInt8.max) + [0, 1]])
    let seeded = try bytes("(random(20, 7))*2")
    #expect(seeded[0] == seeded[1] && seeded[0].count == 20)
    let free = try bytes("(random(20))*2")
    #expect(free[0] != free[1])
    #expect(try bytes("(random(20))*2") == free)
    #expect(try bytes("(random(20))*2", seed: 1) != free)
  }

  @Test("a missing file ends it before the first send")
  func wantsFiles() {
    #expect(throws: NoFile.self) { try schedule("\"a\" 1s (@missing)*2") }
  }

  @Test("a file that makes a send too long is refused before the first send")
  func refusesLongFiles() {
    let error = #expect(throws: BurstError.self) { try schedule("\"a\" @file*2147483647") }
    #expect(error == .sendTooLong(bytes: 8 * 2_147_483_647))
  }

  @Test("a billion repetitions cost nothing until they are asked for")
  func staysLazy() throws {
    var schedule = try schedule(#"(("a" 1us)*100000)*10000"#)
    for step in 0..<1000 {
      #expect(schedule.next()?.time == Nanoseconds(step) * 1000)
    }
    #expect(schedule.measure.sends == 1_000_000_000)
  }
}
