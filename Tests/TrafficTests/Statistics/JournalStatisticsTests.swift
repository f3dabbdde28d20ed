import Testing
@testable import Traffic

@Suite("Records are made statistics")
struct JournalStatisticsTests {
  private let writer = JournalWriter(wall: 0)
  private var journal: Journal { writer.journal }

  private func socket(_ name: String, parent: SocketID? = nil, framing: String? = nil) -> SocketID {
    var info = SocketInfo(name: name, kind: .tcp, role: parent == nil ? .client : .accepted, parent: parent)
    info.receivedFraming = framing.map { FramingChoice($0, from: 0) }
    return writer.add(info)
  }

  private func add(
    _ text: String, _ kind: Record.Kind = .recv, on socket: SocketID, from start: Int64, to end: Int64,
    arrived: Int64? = nil, asked: UInt32 = 10
  ) {
    var record = Record(kind, socket: socket, start: start, end: end)
    (record.asked, record.result) = (asked, Int32(text.utf8.count))
    if kind == .recv { (record.arrived, record.queued) = (arrived, 0) }
    Array(text.utf8).withUnsafeBytes { _ = writer.append(record, payload: $0) }
  }

  /// Three chunks and an end on one socket, and two sends on another.
  private func stage() -> (received: SocketID, sent: SocketID) {
    let (received, sent) = (socket("r", framing: "newline"), socket("s"))
    add("one\ntwo", .send, on: sent, from: 1_000, to: 2_000)
    add("one\n", on: received, from: 0, to: 2_000_000, arrived: 1_999_000)
    add("two", on: received, from: 3_000_000, to: 4_000_000)
    add("\nthree\n", .send, on: sent, from: 4_100_000, to: 4_200_000)
    add("\nthree\n", on: received, from: 5_000_000, to: 9_000_000, arrived: 8_990_000)
    add("", on: received, from: 9_000_000, to: 10_000_000)
    return (received, sent)
  }

  @Test("Sizes, gaps, waits, dwell and reasons are those of the calls, and what is unknown is counted")
  func measures() {
    _ = stage()
    let all = JournalStatistics.all(StatisticsScope(), in: journal)
    func values(_ measure: Measure) -> [Int64] {
      let histogram = all[measure].histogram
      return [Int64(histogram.count), histogram.least, histogram.most]
    }
    #expect(values(.receiveSize) == [3, 3, 7])
    #expect(values(.sendSize) == [2, 7, 7])
    #expect(values(.receiveGap) == [2, 2_000_000, 5_000_000])
    #expect(values(.sendGap) == [1, 4_198_000, 4_198_000])
    #expect(values(.receiveWait) == [4, 1_000_000, 4_000_000])
    #expect(values(.dwell) == [2, 1_000, 10_000])
    #expect(all[.dwell].unknown == 1)
    #expect(all.reasons == [.drained: 3, .endOfStream: 1])
    #expect(all.shares.map(\.reason) == [.drained, .endOfStream])
    #expect((all.receives, all.sends, all.receivedBytes, all.sentBytes) == (4, 2, 14, 14))
    #expect(all.span == 9_998_000)
    #expect(all.timeline.slots.map(\.received).reduce(0, +) == 14)
  }

  @Test("Messages are counted where a framing is set, with what lies between their first byte and their last")
  func messages() {
    let (received, sent) = stage()
    let statistics = JournalStatistics.all(StatisticsScope(of: received), in: journal)
    #expect(statistics.receivedMessages == 3)
    #expect(statistics[.messageSize].histogram.most == 6)
    #expect(statistics[.messageTime].histogram.most == 5_000_000)
    #expect(JournalStatistics.all(StatisticsScope(of: sent), in: journal).sentMessages == 0)
  }

  @Test(
    "Only what passes counts",
    arguments: [
      ("event=recv", 4, 0), ("returned>3", 2, 2), ("socket=s", 0, 2), ("any(event=send)", 0, 2),
      ("any(why=eof)", 4, 0), ("data~\"three\"", 1, 1),
    ])
  func filtered(text: String, receives: Int, sends: Int) throws {
    _ = stage()
    let scope = StatisticsScope(where: try Filter(parsing: text))
    let statistics = JournalStatistics.all(scope, in: journal)
    #expect(statistics.receives == receives)
    #expect(statistics.sends == sends)
  }

  @Test("A framing that is said while counting goes on cuts what came before too", arguments: [true, false])
  func reframed(isAlone: Bool) {
    let listener = writer.add(SocketInfo(name: "l", kind: .tcp, role: .listener))
    let child = socket("l.1", parent: listener)
    for time in 0..<6 as Range<Int64> { add("ab", on: child, from: time, to: time + 1) }
    var counting = JournalStatistics(StatisticsScope(of: isAlone ? child : nil), in: journal)
    while counting.goOn() {}
    #expect(counting.statistics.receivedMessages == 0)
    for (length, count) in [(4, 3), (3, 4)] {
      writer.update(listener) { $0.receivedFraming = FramingChoice("fixed \(length)", from: 0) }
      let change = OptionChange(
        name: FramingChoice.word, granted: "fixed \(length)", asked: "fixed \(length)")
      writer.append(.option(listener, at: 9), change)
      while counting.goOn() {}
      #expect(counting.statistics.receivedMessages == count)
      #expect(counting.statistics.receives == 6)
    }
  }

  @Test(
    "Messages pass by what they are themselves",
    arguments: [
      ("event=message", 3), ("event=message and length>5", 1), ("returned>1", 0),
      ("any(n=3 and event=message)", 3),
    ])
  func filteredMessages(text: String, count: Int) throws {
    _ = stage()
    let scope = StatisticsScope(where: try Filter(parsing: text))
    #expect(JournalStatistics.all(scope, in: journal).receivedMessages == count)
    var without = scope
    without.countsMessages = false
    #expect(JournalStatistics.all(without, in: journal).receivedMessages == 0)
  }

  @Test("A listener stands for what it accepted, an end for what was before it, and kinds for themselves")
  func scopes() {
    let (listener, other) = (writer.add(SocketInfo(name: "l", kind: .tcp, role: .listener)), socket("c"))
    let child = socket("l.1", parent: listener)
    for socket in [child, other] {
      for time in 0..<5 as Range<Int64> { add("abc", on: socket, from: time, to: time + 1) }
    }
    #expect(JournalStatistics.all(StatisticsScope(of: listener), in: journal).receives == 5)
    #expect(JournalStatistics.all(StatisticsScope(of: other, before: 8), in: journal).receives == 2)
    #expect(JournalStatistics.all(StatisticsScope(before: 8), in: journal).receives == 7)
    let sends = StatisticsScope(kinds: RecordKinds { $0.kind == .send })
    #expect(JournalStatistics.all(sends, in: journal).receives == 0)
  }

  @Test(
    "Counting goes on with what comes, and gives what counting all at once gives",
    arguments: [nil, "any(returned>2)"])
  func growing(filter: String?) throws {
    let scope = StatisticsScope(where: try filter.map { try Filter(parsing: $0) })
    var counting = JournalStatistics(scope, in: journal)
    let socket = socket("c")
    for round in 0..<3000 as Range<Int64> {
      add(round % 500 == 0 ? "abc" : "ab", on: socket, from: round * 1_000, to: round * 1_000 + 10)
      if round % 700 == 0 { while counting.goOn() {} }
    }
    while counting.goOn() {}
    #expect(counting.percent == 100)
    #expect(counting.statistics == JournalStatistics.all(scope, in: journal))
    #expect(counting.statistics.receives == 3000)
  }
}
