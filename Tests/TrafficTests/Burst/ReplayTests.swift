import SystemPackage
import Testing

@testable import Traffic

struct ReplayTests {
  private static func order(_ change: (inout ReplayOrder) -> Void = { _ in }) -> ReplayOrder {
    var order = ReplayOrder(file: "run.rscope", socket: "server.1")
    change(&order)
    return order
  }

  /// Each action: when in microseconds, what, and the bytes that are waited for before.
  private static func played(_ run: ComparedRun, _ order: ReplayOrder, speed: Double = 1) throws -> [String] {
    var schedule = BurstSchedule(try Replay(order, in: run.journal))
    schedule.speed = speed
    var lines: [String] = []
    while let action = schedule.next() {
      let answer = action.answer.map { " after \($0.awaited.bytes)\($0.awaited.isEnd ? ", end" : "")" } ?? ""
      let what =
        switch action.action {
        case .send(let bytes): String(decoding: bytes, as: UTF8.self)
        case .sendFlagged, .cork, .uncork, .close, .reset: "?"
        case .shutdown: "shutdown"
        }
      lines.append("\(action.time / 1000) \(what)\(answer)")
    }
    return lines + ["\(schedule.time / 1000) over"]
  }

  private static var dialogue: ComparedRun {
    var run = ComparedRun()
    run.send("one", after: 5_000_000)
    run.send("two", after: 100_000)
    run.receive("answer", waited: 50_000)
    run.send("three", after: 20_000)
    run.receive("", waited: 10_000)
    run.close(after: 30_000)
    return run
  }

  @Test func `Each send goes out again at its time since the first one`() throws {
    #expect(
      try Self.played(Self.dialogue, Self.order()) == ["0 one", "100 two", "170 three", "210 over"])
  }

  @Test func `With wait a send knows how much must have come before it`() throws {
    #expect(
      try Self.played(Self.dialogue, Self.order { $0.waits = true })
        == ["0 one", "100 two", "170 three after 6", "210 over"])
    let replay = try Replay(Self.order(), in: Self.dialogue.journal)
    #expect(replay.lastAnswer.bytes == 6)
    #expect(replay.lastAnswer.isEnd)
  }

  /// recv calls that return while a send runs stand before it in the journal.
  private static var crossed: ComparedRun {
    var run = ComparedRun()
    run.send("one", after: 5_000_000)
    run.receive("a", waited: 50_000)
    run.receive("ns", waited: 50_000)
    run.receive("wer", waited: 50_000)
    run.send("two", took: 60_000)
    run.send("three", after: 20_000)
    run.receive("", waited: 10_000)
    run.send("four", took: 5_000)
    run.close(after: 30_000)
    return run
  }

  @Test func `What came while a send ran is not waited for before it`() throws {
    #expect(
      try Self.played(Self.crossed, Self.order { $0.waits = true })
        == ["0 one", "90 two after 1", "170 three after 6", "175 four", "210 over"])
    #expect(try Replay(Self.order(), in: Self.crossed.journal).lastAnswer.isEnd)
  }

  @Test func `What arrived before something was sent was no answer to it`() throws {
    var run = ComparedRun()
    run.receive("one", waited: 10_000)
    run.send("first", after: 20_000)
    run.receive("two", waited: 10_000)
    run.send("second", after: 20_000)
    run.receive("late", waited: 10_000, arrived: 35_000)
    #expect(
      try Self.played(run, Self.order { ($0.direction, $0.waits) = (.received, true) })
        == ["0 one", "30 two after 5", "30 late", "30 over"])
  }

  @Test func `What was received goes out as the peer sent it, its end too`() throws {
    #expect(
      try Self.played(Self.dialogue, Self.order { ($0.direction, $0.waits) = (.received, true) })
        == ["150 answer after 6", "180 shutdown after 11", "210 over"])
  }

  @Test func `Speed divides all times`() throws {
    #expect(
      try Self.played(Self.dialogue, Self.order(), speed: 10) == ["0 one", "10 two", "17 three", "21 over"])
  }

  @Test(arguments: [
    ("server.2", Direction.sent, "run.rscope: there is no socket server.2; did you mean server.1?"),
    ("nobody", .sent, "run.rscope: there is no socket nobody; it has server.1, server, app, quiet"),
    (
      "server", .sent,
      "run.rscope: server is a listener, which sends nothing; its connections are server.1, server.2 …"
    ),
    ("app", .sent, "run.rscope: app is a program; what it sent has its sockets' names, such as app.fd5"),
    ("quiet", .sent, "run.rscope: quiet sent nothing, and received 0 bytes"),
    (
      "server.1", .sent,
      "run.rscope: server.1 sent nothing, and received 6 bytes; --received plays what came to it"
    ),
  ])
  func `What cannot be played is refused with the reason`(
    _ name: String, _ direction: Direction, _ sentence: String
  ) {
    var run = ComparedRun()
    run.receive("answer")
    for (name, role) in [("server", SocketInfo.Role.listener), ("app", .program), ("quiet", .client)] {
      _ = run.writer.add(SocketInfo(name: name, kind: .tcp, role: role))
    }
    var order = ReplayOrder(file: "run.rscope", socket: name)
    order.direction = direction
    #expect {
      try Replay(order, in: run.journal)
    } throws: { error in
      (error as? ReplayMistake)?.sentence(order) == sentence
    }
  }

  /// A run with what its burst and its recv came to.
  private static func outcome(
    _ report: BurstReport, burst errno: Errno? = nil, recv: Errno? = nil
  ) -> ComparedRun {
    var run = ComparedRun()
    run.send("one")
    if let recv {
      run.writer.append(
        .recv(run.socket, from: 1, to: 2, asked: 9, result: -recv.rawValue, flags: [], conditions: []))
    }
    run.writer.append(.burst(run.socket, from: 1, to: 3, number: 1, report, failed: errno), report)
    return run
  }

  @Test func `What was not sent is told with the reason, and is not the same`() throws {
    var then = ComparedRun()
    then.send("one")
    then.send("two")
    let replay = try Replay(Self.order(), in: then.journal)
    var short = BurstReport(.failed)
    (short.unsentSends, short.unsentBytes) = (1, 3)
    var whole = BurstReport(.done)
    (whole.unsentSends, whole.unsentBytes) = (0, 0)
    let cases: [(ComparedRun, Bool, String)] = [
      (Self.outcome(whole), true, "nothing came back, as then"),
      (
        Self.outcome(short, burst: .connectionReset), false,
        "3 of 6 bytes were not sent: ECONNRESET; nothing came back"
      ),
      (
        Self.outcome(whole, recv: .connectionRefused), false,
        "it failed now and not then: ECONNREFUSED; nothing came back"
      ),
    ]
    for (now, isWhole, verdict) in cases {
      let course = ReplayCourse(replay, now.socket, now.journal)
      #expect(course.isWhole == isWhole)
      let comparison = SocketComparison(replay.answers, CallSource(now.journal, now.socket))
      #expect(
        ReplaySentence(comparison, Self.order(), course).text == "replay of run.rscope:server.1: \(verdict)")
    }
  }

  @Test func `A run whose bytes have gone is refused`() {
    var run = ComparedRun()
    for _ in 0..<8 { run.send(String(repeating: "a", count: 1 << 20)) }
    #expect(throws: ReplayMistake.self) { try Replay(Self.order(), in: run.journal) }
  }

  @Test(arguments: [
    (["12", "345"], ["1234", "5"], "the answer is the same: 5 bytes, then in 2 pieces, now in 2"),
    (["12345"], ["12345"], "the answer is the same: 5 bytes"),
    (["12345"], ["12345", "6"], "the answer is longer: the 5 bytes that came then, and 1 more"),
    (["12345"], ["12"], "the answer is cut short: 2 bytes, the same as then, of 5"),
    (["12345"], [], "no answer came; 5 bytes had come then"),
    ([], [], "nothing came back, as then"),
    (
      ["12345"], ["12", "3x5"],
      "the answer is another one from offset 3 on: then 34 35 \"45\", now 78 35 \"x5\"; 5 bytes then, 5 now"
    ),
  ])
  func `What came back is told beside what came back then`(
    _ then: [String], _ now: [String], _ verdict: String
  ) {
    let comparison = SocketComparison(ComparedRun(chunks: then).source, ComparedRun(chunks: now).source)
    #expect(
      ReplaySentence(comparison, Self.order()).text == "replay of run.rscope:server.1: \(verdict)")
  }
}
