import Reports
import Testing
import Traffic

@Suite("A printer follows the journal")
struct PrinterTests {
  private static let json = JSONLines(version: "9.9", encoding: .none)

  private func recv(_ run: SampleRun, _ count: Int) -> Record {
    .recv(run.connection, from: 0, to: 1, asked: 64, result: Int32(count), flags: [], conditions: [])
  }

  /// The numbers of the records that are printed.
  private func sequences(_ text: String) -> [Int] {
    text.split(separator: "\n").compactMap { line in
      line.split(separator: ",").first { $0.hasPrefix("\"seq\":") }.flatMap { Int($0.dropFirst(6)) }
    }
  }

  @Test("Of a long journal only what is to be shown is printed, with its number")
  func shown() {
    let run = SampleRun()
    for turn in 1...60_000 {
      run.append(turn % 25_000 == 0 ? .mark(at: 1) : recv(run, 0))
    }
    run.append(.close(run.connection, .normal, from: 1, to: 2))
    for showsEvicted in [false, true] {
      let text = run.text(Self.json, showing: [.mark, .close], showsEvicted: showsEvicted)
      #expect(sequences(text) == [25_000, 50_000, 60_001])
    }
    #expect(run.text(Self.json, showing: [.expect]).isEmpty)
  }

  @Test("It goes on where it was, a piece at a time")
  func pieces() {
    let run = SampleRun()
    var printer = Printer(run.journal, Self.json, shown: [.recv], showsEvicted: false)
    var output = ByteBuffer()
    var text = ""
    for _ in 0..<3 {
      for _ in 0..<3_000 { run.append(recv(run, 0)) }
      repeat {
        printer.fill(&output, upTo: 1, at: 0)
        text += output.text
        output.removeAll()
      } while !printer.isAtEnd
    }
    #expect(sequences(text) == Array(1...9_000))
    #expect(printer.next == 9_001)
  }

  @Test("What comes after it was stopped is not printed", arguments: [true, false])
  func stopped(showsEvicted: Bool) {
    let run = SampleRun()
    var printer = Printer(run.journal, Self.json, shown: [.mark], showsEvicted: showsEvicted)
    run.append(.mark(at: 1))
    printer.stopAtEnd()
    run.append(.mark(at: 2))
    var output = ByteBuffer()
    printer.fill(&output, upTo: .max, at: 0)
    #expect(printer.isAtEnd && sequences(output.text) == [1])
  }

  @Test("What is explained by what comes late is printed late, and at the end at once")
  func lag() {
    let run = SampleRun()
    var printer = Printer(run.journal, Self.json, shown: [.mark], showsEvicted: false)
    printer.lag = 10
    for time in [1, 5, 20, 4] as [Nanoseconds] { run.append(.mark(at: time)) }
    var output = ByteBuffer()
    func printed(at now: Nanoseconds) -> [Int] {
      printer.fill(&output, upTo: .max, at: now)
      return sequences(output.text)
    }
    #expect(printed(at: 10).isEmpty && printer.isAtEnd && printer.isHolding)
    #expect(printed(at: 16) == [1, 2] && printer.isHolding)
    #expect(printed(at: 29) == [1, 2] && printer.isHolding)
    printer.stopAtEnd()
    #expect(printed(at: 29) == [1, 2, 3, 4] && printer.isAtEnd && !printer.isHolding)
  }

  @Test("What had gone is told, where it was asked for")
  func evicted() throws {
    let run = SampleRun(limit: 4 << 20)
    let bytes = [UInt8](repeating: 0x61, count: 1 << 16)
    for _ in 0..<100 { run.append(recv(run, bytes.count), bytes) }
    let text = run.text(Self.json)
    let lines = text.split(separator: "\n")
    let told = try #require(lines.first { $0.contains("evicted") })
    #expect(told.hasPrefix(#"{"event":"evicted","seq":0,"t":"#) && told.contains(#""records":0,"bytes":"#))
    #expect(lines.count { $0.contains("recv") } == 100)
    #expect(!run.text(Self.json, showsEvicted: false).contains("evicted"))
    #expect(run.text(PlainText(version: "9.9")).contains("of payload, to stay within --memory\n"))
  }

  @Test("A recv waits for the send that fed it only where both are shown")
  func cause() {
    let run = SampleRun()
    run.append(recv(run, 5), Array("12345".utf8))
    for (shown, isHeld) in [([.recv, .send], true), ([.recv], false), ([.recv, .mark], false)]
      as [(Set<Record.Kind>, Bool)]
    {
      var printer = Printer(run.journal, PlainText(version: "9.9"), shown: shown, showsEvicted: false)
      var output = ByteBuffer()
      printer.fill(&output, upTo: .max, at: 0)
      #expect(printer.isHolding == isHeld && output.isEmpty == isHeld)
      printer.fill(&output, upTo: .max, at: 1_000_000_000)
      printer.fill(&output, upTo: .max, at: 2_000_000_000)
      #expect(!printer.isHolding && output.text.contains("5 of 64"))
    }
  }

  @Test("Without a format it is at the end at once")
  func quiet() {
    let run = SampleRun()
    var printer = Printer(run.journal, nil, shown: [], showsEvicted: true)
    var output = ByteBuffer()
    printer.fill(&output, upTo: .max, at: 0)
    #expect(printer.isAtEnd && printer.next == 1 && output.isEmpty)
  }

  @Test("Only what is printed is waited for, and everything where what had gone is told")
  func wanted() {
    let journal = SampleRun().journal
    let recv = RecordKinds { $0.kind == .recv }
    #expect(Printer(journal, nil, shown: [.recv], showsEvicted: true).wanted == [])
    #expect(
      Printer(journal, JSONLines(version: "9.9", encoding: .base64), shown: [.recv], showsEvicted: false)
        .wanted == recv)
    #expect(
      Printer(journal, JSONLines(version: "9.9", encoding: .base64), shown: [.recv], showsEvicted: true)
        .wanted == .all)
  }

  @Test("A name is that of now, also when sockets share a place among those that are known")
  func names() {
    let run = SampleRun()
    for number in 4..<600 {
      _ = run.writer.add(SocketInfo(name: "s\(number)", kind: .tcp, role: .client))
    }
    let ids = [4, 260, 516, 4].map { SocketID($0) }
    for id in ids { run.append(.close(id, .normal, from: 0, to: 1)) }
    var printer = Printer(run.journal, Self.json, shown: [.close], showsEvicted: false)
    var output = ByteBuffer()
    printer.fill(&output, upTo: .max, at: 0)
    run.writer.update(SocketID(4)) { $0.name = "renamed" }
    run.append(.close(SocketID(4), .normal, from: 0, to: 1))
    printer.fill(&output, upTo: .max, at: 0)
    let names = output.text.split(separator: "\n").map { line in
      line.split(separator: ",").first { $0.hasPrefix("\"socket\":") }?.dropFirst(9)
    }
    #expect(names == [#""s4""#, #""s260""#, #""s516""#, #""s4""#, #""renamed""#])
  }

  /// Makes a journal drop all records that it holds now.
  private func dropAll(of run: SampleRun) {
    let end = run.journal.extent.records.upperBound
    while run.journal.extent.records.lowerBound < end { run.append(.mark(at: 3)) }
  }

  @Test("A row that waits for its send has its socket's name when the socket is forgotten")
  func forgotten() {
    let run = SampleRun(limit: 4 << 20)
    run.append(recv(run, 5), Array("12345".utf8))
    var printer = Printer(
      run.journal, PlainText(version: "9.9"), shown: [.recv, .send], showsEvicted: false)
    var output = ByteBuffer()
    printer.fill(&output, upTo: .max, at: 0)
    #expect(printer.isHolding && output.isEmpty)
    run.append(.close(run.connection, .normal, from: 1, to: 2))
    dropAll(of: run)
    #expect(run.journal.socket(run.connection) == nil)
    printer.fill(&output, upTo: .max, at: 1_000_000_000)
    printer.fill(&output, upTo: .max, at: 2_000_000_000)
    #expect(output.text.contains("  server.1    recv "), "\(output.text)")
  }

  @Test("A socket of which nothing is known any more has a number for a name")
  func numbered() {
    let run = SampleRun(limit: 4 << 20)
    run.append(.close(run.connection, .normal, from: 1, to: 2))
    dropAll(of: run)
    run.writer.append(
      .wait(run.server, .poll, from: 3, to: 4, result: 2, timeout: nil),
      WaitSets(readable: [run.connection, run.client]))
    let text = run.text(Self.json, showing: [.wait])
    #expect(text.contains(##""readable":["#2","client"]"##), "\(text)")
    #expect(run.text(PlainText(version: "9.9"), showing: [.wait]).contains("readable #2 client"))
  }

  @Test("A quiet run sums up all sockets")
  func summary() {
    let run = SampleRun()
    run.append(recv(run, 5), Array("12345".utf8))
    run.append(recv(run, 0))
    #expect(
      Summary(run.journal, time: 1_500_000).text
        == "2 calls, 5 bytes received, 0 bytes sent, 1.50 ms, evicted 0 records and 0 bytes\n")
  }
}
